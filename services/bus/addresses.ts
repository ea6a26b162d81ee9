const wrongAddress =
  'AMQP_URL is not an address of RabbitMQ: write amqp://user:password@host:port/vhost, and of a cluster ' +
  'amqp://user:password@host1:port,host2:port/vhost';

/** Where hosts begin and end; a login may hold neither slash nor at-sign unescaped. */
const anatomy = /^(amqps?:\/\/(?:[^/?#]*@)?)([^/?#@]+)((?:[/?#].*)?)$/s;

const nodesOf = (url: string): string[] => {
  const [, start = '', hosts = '', end = ''] = anatomy.exec(url) ?? [];
  const nodes = hosts.split(',').map((host) => `${start}${host.trim()}${end}`);
  // Never with the address in the message: it holds a password.
  if (!nodes.every((node) => URL.canParse(node) && new URL(node).hostname !== ''))
    throw new Error(wrongAddress);
  return nodes;
};

/** The virtual host that an address names; of several, which name the same one, that of the first. */
export const virtualHostOf = (address: string): string => {
  const [first = ''] = brokerNodes(address);
  return decodeURIComponent(new URL(first).pathname.slice(1)) || '/';
};

/**
 * The nodes of the broker that an address names, one URL each: `amqp://user:password@host1:5672,host2:5672/vhost`, or
 * several such URLs with commas between them. Throws where one is no address or names another virtual host.
 */
export const brokerNodes = (address: string): readonly string[] => {
  const nodes = address.split(/,(?=\s*amqps?:\/\/)/).flatMap((url) => nodesOf(url.trim()));
  const paths = new Set(nodes.map((node) => new URL(node).pathname));
  if (paths.size > 1)
    throw new Error('the addresses of AMQP_URL name different virtual hosts: give each the same');
  return nodes;
};
