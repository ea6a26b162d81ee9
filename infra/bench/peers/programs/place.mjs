import { renameSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const {
  PEER_ROLE = '',
  PEER_SYSTEM_URL = '',
  AMQP_URL = '',
  DATABASE_URL = '',
  LBBUS_READY_FILE = '',
} = process.env;

/** A peer is two processes: the door takes a melding over HTTP and publishes it, the worker hands it over. */
export const isDoor = PEER_ROLE === 'door';
export const amqpUrl = AMQP_URL;
export const databaseUrl = DATABASE_URL;

/** Quorum, as RabbitMQ advises where nothing may be lost; as the queues of the bus are. */
export const queueOptions = { durable: true, arguments: { 'x-queue-type': 'quorum' } };

/** Messages that a worker may have in hand. */
export const inHand = 200;

/** @typedef {{ readonly id: string, readonly time: string }} Melding */

const agent = new Agent({ keepAlive: true, maxSockets: inHand });

/**
 * Hands the melding over to the system; rejects where it does not take it.
 * @param {Melding} melding
 * @returns {Promise<void>}
 */
export const handOver = (melding) =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify(melding);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-message': melding.id,
      'x-made-at': melding.time,
    };
    const call = request(PEER_SYSTEM_URL, { agent, method: 'POST', headers }, (response) => {
      response.resume().once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`the system says ${response.statusCode ?? 'nothing'}`));
      });
    });
    call.once('error', reject).end(body);
  });

/** @param {number} [port] of the door */
export const tellReady = (port = 0) => {
  writeFileSync(`${LBBUS_READY_FILE}.new`, JSON.stringify({ port }));
  renameSync(`${LBBUS_READY_FILE}.new`, LBBUS_READY_FILE);
};

/**
 * Ends in order when it is asked to.
 * @param {() => Promise<unknown>} close
 */
export const endWith = (close) =>
  process.once('SIGTERM', () => {
    void close().finally(() => process.exit(0));
  });
