// What e2e/incidents/run does, in each language. Fails where a step is not seen in time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { chromium } from '../page/node_modules/playwright-core/index.mjs';

const { REDMINE, KEY_ADMIN, TRACKER, JAR, WORK, PICTURES, FIXTURES } = process.env;
const OPENED = 1795111920; // 3:12 in Tokyo
const IDENTIFIER = 'incident-life';
const PASSWORD = 'throw-away-password';
const began = Date.now();
const say = what => console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(3)}s] ${what}`);

async function ask(key, path, method = 'GET', body) {
  const answer = await fetch(REDMINE + path, {
    method, headers: { 'X-Redmine-API-Key': key, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return text.trim() ? JSON.parse(text) : null;
}
const admin = (...it) => ask(KEY_ADMIN, ...it);

async function until(what, holds) {
  for (const end = Date.now() + 150_000; Date.now() < end;) {
    const found = await holds();
    if (found) { say(what); return found; }
    await new Promise(wake => setTimeout(wake, 500));
  }
  throw new Error(`waited in vain until ${what}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// --- what is made in Redmine

const made = [];

async function makeProject() {
  await admin(`/projects/${IDENTIFIER}.json`, 'DELETE').catch(() => {});
  await admin('/projects.json', 'POST', { project: {
    identifier: IDENTIFIER, name: 'Shop', is_public: false, enabled_module_names: ['issue_tracking'], tracker_ids: [Number(TRACKER)],
  } });
  made.push(`/projects/${IDENTIFIER}.json`);
}

async function makeUser(login, firstname, lastname, language, role) {
  const { users } = await admin(`/users.json?name=${login}`);
  for (const user of users) await admin(`/users/${user.id}.json`, 'DELETE');
  const { user } = await admin('/users.json', 'POST', { user: {
    login, firstname, lastname, language, mail: `${login}@example.test`, password: PASSWORD, mail_notification: 'none',
  } });
  made.unshift(`/users/${user.id}.json`);
  const { roles } = await admin('/roles.json');
  await admin(`/projects/${IDENTIFIER}/memberships.json`, 'POST', { membership: {
    user_id: user.id, role_ids: [roles.find(it => it.name === role).id],
  } });
  return (await admin(`/users/${user.id}.json`)).user.api_key;
}

async function clean() {
  for (const path of made.splice(0)) await admin(path, 'DELETE').catch(() => {});
}

// --- the service

async function startService(language, key) {
  const [webhook, management] = [await freePort(), await freePort()];
  const home = `${WORK}/${language}`;
  mkdirSync(`${home}/routes`, { recursive: true });
  writeFileSync(`${home}/routes/policy.camel.yaml`, `- route:
    id: policy
    description: All alerts of the shop belong together
    group: edit
    note: contract 1
    from:
      uri: direct:policy
      steps:
        - setVariable: {name: ticket.incident, constant: Shop}
`);
  const service = spawn('java', ['-Dfile.encoding=UTF-8', '-jar', JAR], { cwd: home, env: {
    ...process.env, REDMINE_URL: REDMINE, REDMINE_APIKEY: key, REDMINE_PROJECT: IDENTIFIER, REDMINE_TRACKER: 'Alert', REDMINE_POLL_INTERVAL: '2s',
    REDMINE_PRIORITY_CRITICAL: 'Urgent', TICKET_LANGUAGE: language, TICKET_TIME_ZONE: 'Asia/Tokyo', TICKET_GRAPHS: 'false',
    SERVER_PORT: webhook, MANAGEMENT_PORT: management,
  } });
  let log = '';
  service.stdout.on('data', text => { log += text; });
  service.stdout.pipe(createWriteStream(`${home}/log`));
  await until('the service runs', () => log.includes('is running') || (service.exitCode !== null && Promise.reject(new Error(log))));
  return { service, webhook: `http://127.0.0.1:${webhook}/mackerel` };
}

async function post(webhook, host, minute, status = 'critical') {
  const body = JSON.parse(readFileSync(`${FIXTURES}/host-${status}.json`));
  Object.assign(body.host, { id: `of-${host}`, name: host });
  const opened = OPENED + { web1: 0, web2: 120, db1: 240 }[host];
  Object.assign(body.alert, { id: `life-${host}`, openedAt: opened, statusChangedAt: opened + minute * 60 });
  if (status === 'ok') body.alert.closedAt = body.alert.statusChangedAt;
  const answer = await fetch(webhook, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (answer.status !== 202) throw new Error(`posted: ${answer.status}`);
}

// --- what a person sees

async function picture(page, issue, file) {
  await page.goto(`${REDMINE}/issues/${issue}`);
  await page.addStyleTag({ content: `#sidebar, #content > .contextual, #content > .contextual + .contextual, .next-prev-links, .other-formats, #update,
    #relations, .issue-actions, .badge-private, #issue_tree .contextual, .attribute.start-date, .attribute.due-date, .attribute.progress,
    .attribute.estimated-hours, .attribute.spent-time, .attribute[class*=cf_], .flyout-menu { display: none !important }
    #content { width: 100% !important; box-sizing: border-box; border: 0; min-height: 0; align-self: flex-start }` });
  if (!PICTURES) return;
  const path = `${PICTURES}/${file}`;
  await page.locator('#content').screenshot({ path });
  say(`${path}: ${readFileSync(path).length} bytes`);
}

async function life(browser, language, login, firstname, lastname, isFor) {
  say(`--- ${language}`);
  await makeProject();
  const bot = await makeUser('mackerel-incident', 'Mackerel', 'Alerts', 'en', 'Alert bot');
  const person = await makeUser(login, firstname, lastname, language, 'Developer');
  const issues = async () => (await ask(person, `/issues.json?project_id=${IDENTIFIER}&status_id=*&limit=100`)).issues;
  const of = async host => (await issues()).find(it => it.subject.includes(`${host} CPU`));
  const shown = async id => (await ask(person, `/issues/${id}.json?include=children,journals`)).issue;
  const { service, webhook } = await startService(language, bot);
  try {
    for (const host of ['web1', 'web2', 'db1']) await post(webhook, host, 0);
    const { id } = await until('three alerts are an incident',
      async () => (await issues()).find(it => it.subject.startsWith('Shop: ')));
    await until('its three tickets are subtasks', async () => (await shown(id)).children?.length === 3);

    await post(webhook, 'web1', 10, 'ok');
    await until('one recovers, and its ticket is closed', async () => (await of('web1')).closed_on);
    await until('the list says so', async () => /\| OK \|.*web1/.test((await shown(id)).description));

    const context = await browser.newContext({ viewport: { width: 900, height: 900 }, locale: language });
    const page = await context.newPage();
    await page.goto(`${REDMINE}/login`);
    await page.fill('#username', login);
    await page.fill('#password', PASSWORD);
    await page.press('#password', 'Enter');
    await page.waitForURL('**/my/page');
    await picture(page, id, `incident-${language}.png`);
    await context.close();

    const out = (await of('web2')).id;
    await ask(person, `/issues/${out}.json`, 'PUT', { issue: { parent_issue_id: '', notes: isFor } });
    await until('a person takes a ticket out, and the list is without it', async () => !(await shown(id)).description.includes('web2'));

    await post(webhook, 'db1', 20, 'ok');
    await until('the others recover, and the incident is closed', async () => (await shown(id)).closed_on);
    const alone = await shown(out);
    if (alone.closed_on || alone.parent) throw new Error('the ticket that was taken out is closed, or below a ticket');
  } finally {
    service.kill();
    await clean();
  }
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--hide-scrollbars'] });
try {
  await life(browser, 'en', 'alice-incident', 'Alice', 'Carter', 'That was our deployment.');
  await life(browser, 'ja', 'hanako-incident', '花子', '佐藤', 'こちらはデプロイの影響でした。');
  say('passed');
} finally {
  await browser.close();
}
