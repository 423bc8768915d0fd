// Two for actions, and one that keeps the event with which it is invoked, for our own function.
const fs = require('node:fs');

exports.state = async (event) => ({ note: `load 0.5 when ${event.ticket.url} was made (${event.action})` });

exports.fails = async () => {
  throw new Error('no such host');
};

exports.keep = async (event) => {
  fs.writeFileSync(`${process.env.EVENTS}/${event.version === '2.0' ? 'http' : 'rest'}.json`, JSON.stringify(event));
  return { statusCode: 202, body: '' };
};
