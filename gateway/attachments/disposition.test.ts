import { expect, it } from '@jest/globals';
import { contentDisposition, fileNameIn } from './disposition.js';

it.each([
  [undefined, null],
  ['attachment', null],
  ['attachment; filename=foto.jpg', 'foto.jpg'],
  ['attachment; filename="mijn \\"foto\\".jpg"', 'mijn "foto".jpg'],
  [`attachment; filename="x"; filename*=UTF-8''%E2%82%AC.jpg`, '€.jpg'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="C:\\\\map\\\\foto.jpg"', 'foto.jpg'],
  ['attachment; filename=".."', null],
  [`attachment; filename*=UTF-8''a%0D%0Ab.jpg`, 'ab.jpg'],
  [`attachment; filename*=UTF-8''%zz`, null],
  [`attachment; filename*=UTF-8''foto%E2%80%AEgpj.exe`, 'fotogpj.exe'],
  ['attachment; filename=put in fietspad.jpg', 'put in fietspad.jpg'],
  ['form-data; name="filename=x"; filename="foto.jpg"', 'foto.jpg'],
])('%s names the file %s', (header, name) => {
  expect(fileNameIn(header)).toBe(name);
});

it('a file name goes out and comes back as it was, and never breaks the header', () => {
  for (const name of ["'s-Gravenwezel (1)*.jpg", 'صورة.jpg', 'a"b\\c%.jpg'])
    expect(fileNameIn(contentDisposition(name))).toBe(name.split('\\').at(-1) ?? '');
  expect(contentDisposition('a\r\nset-cookie: x')).not.toMatch(/[\r\n]/);
});
