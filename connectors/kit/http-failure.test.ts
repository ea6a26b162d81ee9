import { expect, it } from '@jest/globals';
import { failureOfNetwork } from './http-failure.js';

const told = (code: string) =>
  failureOfNetwork(
    { system: 'Archief', method: 'GET', path: '/things' },
    Object.assign(new Error('as Node says it'), { code }),
  );

it.each([
  ['ENOTFOUND', 'its name is not known to DNS; where this lasts, the address in the settings'],
  ['EAI_AGAIN', 'the DNS of this machine does not answer'],
  ['ECONNREFUSED', 'nothing listens at its address'],
  ['ECONNRESET', 'it dropped the line'],
  ['EHOSTUNREACH', 'there is no way to it from this machine'],
  ['HPE_INVALID_CONSTANT', 'it does not speak HTTP there'],
])('[system-dns] retries %s, and tells an operator what it is', (code, says) => {
  const { verdict, code: named, message } = told(code);
  expect([verdict, named]).toEqual(['retry', 'unavailable']);
  expect(message).toContain(says);
  expect(message).toContain(code);
});

it.each([
  ['CERT_HAS_EXPIRED', 'has expired, or the clock of this machine is ahead'],
  ['CERT_NOT_YET_VALID', 'not valid yet, or the clock of this machine is behind'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another name than the settings give'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'signed by itself'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'issuer of its certificate is not known here'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'broke the handshake off'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'refuses our client certificate: it has expired'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'it does not know its issuer'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'asks for a client certificate'],
  ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'TLS failed'],
])('[system-certificate] pauses on %s, and tells an operator what it is', (code, says) => {
  const { verdict, code: named, message } = told(code);
  expect([verdict, named]).toEqual(['pause', 'certificate']);
  expect(message).toContain(says);
});
