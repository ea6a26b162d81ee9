// Written for any Node that knows modules: an old one must get as far as the message.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`LB-bus needs Node 20.19 or later; this is ${process.versions.node} (${process.execPath}).
What to do: install a newer Node from https://nodejs.org, or with nvm: nvm install 24`);
  process.exit(1);
}
