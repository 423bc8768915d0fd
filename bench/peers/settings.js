// Node-RED as it comes, with its editor; it says nothing to anybody outside.
module.exports = {
  uiHost: '127.0.0.1',
  uiPort: process.env.SERVER_PORT,
  flowFile: 'flow.json',
  credentialSecret: false,
  httpRequestTimeout: parseInt(process.env.REDMINE_RESPONSE_TIMEOUT, 10) * 1000,   // such as 30s
  telemetry: { enabled: false, updateNotification: false },
  logging: { console: { level: 'info', metrics: false, audit: false } },
};
