import { expect, it } from '@jest/globals';
import { SealBroken } from '#runtime/keys.js';
import { attachmentsOf } from './attachment.js';

const uri = 'urn:lb-bus:attachment:5f0c1234-5678-4123-9012-123456789012';
const failing = (error: Error) => {
  const fail = () => Promise.reject(error);
  return attachmentsOf({ describe: fail, read: fail }, 'aalter')(uri);
};

it('[attachments-away] lets a message wait for a store that does not answer, so that it is not parked', async () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  await expect(failing(refused)).rejects.toMatchObject({ verdict: 'retry', code: 'unavailable' });
});

it('does not wait for an attachment that is damaged', async () => {
  await expect(failing(new SealBroken('damaged'))).rejects.toBeInstanceOf(SealBroken);
});

it('rejects an attachment that there is not, and any other address', async () => {
  const none = { describe: () => Promise.resolve(null), read: () => Promise.reject(new Error()) };
  const attachment = attachmentsOf(none, 'aalter');
  await expect(attachment(uri)).rejects.toMatchObject({ verdict: 'reject', code: 'not-found' });
  await expect(attachment('https://elders.example/foto.jpg')).rejects.toMatchObject({
    verdict: 'reject',
    code: 'unsupported',
  });
});
