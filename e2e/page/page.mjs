// What a person sees and does on the page, in a browser. Started by e2e/page/run.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {chromium} from "playwright-core";

const {PAGE, WEBHOOK, REDMINE, REDMINE_KEY, REDMINE_PERSON, WANTED = "", E2E_PAGE_PICTURES} = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const fixture = JSON.parse(readFileSync(new URL("../../src/test/resources/mackerel/host-critical.json", import.meta.url), "utf8"));
const run = Date.now().toString(36);
const operator = {username: "operator", password: "throw-away"};
const reader = {username: "watcher", password: "throw-away-too"};
let alerts = 0;

const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"]});

async function open(path, {locale = "en-US", colorScheme = "light", login = operator, width = 1280, javaScriptEnabled = true} = {}) {
  const context = await browser.newContext({
    locale, colorScheme, httpCredentials: login, viewport: {width, height: 900}, javaScriptEnabled, bypassCSP: false
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.complaints = [];
  page.on("console", message => { if (message.type() === "error") page.complaints.push(message.text()); });
  page.on("pageerror", error => page.complaints.push(String(error)));
  await page.goto(PAGE + path);
  return page;
}

async function close(page) {
  assert.deepEqual(page.complaints, [], "the browser complains");
  await page.context().close();
}

/** A new alert of Mackerel's; answers its id. */
async function post(monitor, host = "web1") {
  const id = `e2e${run}${++alerts}`;
  const now = Math.floor(Date.now() / 1000);
  const body = structuredClone(fixture);
  Object.assign(body.alert, {id, url: `https://mackerel.io/orgs/example/alerts/${id}`, monitorName: monitor, openedAt: now - 60, statusChangedAt: now - 60});
  Object.assign(body.host, {id: `h${id}`, name: host});
  const answer = await fetch(WEBHOOK, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
  assert.equal(answer.status, 202);
  return id;
}

const row = (page, id) => page.locator("tr", {has: page.locator(`a[href$="${id}"]`)});

/** What WCAG 2.2 AA asks for, as far as a program can see it. axe comes by the debugger, which no policy of the page holds up. */
async function accessible(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}));
  const violations = found.violations.map(it => `${it.id}: ${it.nodes.map(node => node.target + " " + node.failureSummary).join("; ")}`);
  assert.deepEqual(violations, [], what);
}

async function fits(page, what) {
  const {content, screen} = await page.evaluate(() => ({content: document.documentElement.scrollWidth, screen: document.documentElement.clientWidth}));
  assert.ok(content <= screen, `${what} is ${content} px wide on a screen of ${screen} px`);
}

const tests = {
  async "an alert appears without a reload, and so does who takes it"() {
    const page = await open("/");
    await page.evaluate(() => { window.notReloaded = true; });
    const id = await post("CPU % " + run);
    await row(page, id).waitFor();
    const ticket = (await row(page, id).locator("th a").first().textContent()).slice(1);
    const taken = await fetch(`${REDMINE}/issues/${ticket}.json`, {
      method: "PUT",
      headers: {"Content-Type": "application/json", "X-Redmine-API-Key": REDMINE_KEY},
      body: JSON.stringify({issue: {assigned_to_id: Number(REDMINE_PERSON)}})
    });
    assert.ok(taken.ok, `Redmine answered ${taken.status}`);
    await row(page, id).getByText("took it").waitFor();
    assert.equal(await page.evaluate(() => window.notReloaded), true);
    await page.goto(`${PAGE}/alerts/${id}`);
    await page.getByText("ticket created").waitFor();
    await page.locator(".timeline").waitFor();
    await page.locator(".moments").getByText("acknowledged").waitFor();
    await page.getByText("POST /projects/alert/issues.json").waitFor();
    await close(page);
  },

  async "a hidden page asks nothing"() {
    const page = await open("/");
    const asked = [];
    page.on("request", request => asked.push(new URL(request.url()).pathname));
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", {value: true, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    });
    asked.length = 0;
    const id = await post("hidden " + run);
    await new Promise(done => setTimeout(done, 4000));
    assert.deepEqual(asked, []);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", {value: false, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await row(page, id).waitFor();
    await close(page);
  },

  async "a parked alert is delivered once more, by keyboard alone"() {
    const page = await open("/");
    const id = await post("park one " + run);
    const box = page.locator(`[id="select-example/${id}"]`);
    await box.waitFor({timeout: 60000});
    const tab = async target => {
      for (let i = 0; i < 200; i++) {
        if (await target.evaluate(it => it === document.activeElement)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail("the keyboard does not get there");
    };
    await tab(box);
    await page.keyboard.press("Space");
    assert.equal(await box.isChecked(), true);
    await tab(page.locator("#retry"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", {name: "Deliver once more"}).waitFor();
    await page.getByText(`example/${id}`).waitFor();
    await tab(page.getByRole("button", {name: "Deliver once more"}));
    await page.keyboard.press("Enter");
    await page.getByText("Done: 1 are delivered once more.").waitFor();
    await page.goto(`${PAGE}/alerts/${id}`);
    await page.getByText("(by operator)").waitFor();
    await close(page);
  },

  async "what was ticked stays so while the page changes"() {
    const page = await open("/");
    const id = await post("park ticked " + run);
    const box = page.locator(`[id="select-example/${id}"]`);
    await box.waitFor({timeout: 60000});
    await box.check();
    const other = await post("CPU % other " + run, "web2");
    await row(page, other).waitFor();
    assert.equal(await box.isChecked(), true);
    await close(page);
  },

  async "all that match are dropped, with a reason"() {
    const page = await open("/");
    const id = await post("park all " + run);
    await page.locator(`[id="select-example/${id}"]`).waitFor({timeout: 60000});
    await page.locator("#reason").fill("cannot be blank");
    await page.locator("#drop-all").click();
    await page.getByLabel("Why are they dropped?").fill("only a test");
    for (let i = 0; i < 20; i++) {
      await page.getByRole("button", {name: "Drop"}).click();
      await page.getByText("are dropped").waitFor();
      if (await page.locator(`[id="select-example/${id}"]`).count() === 0) break;
      await page.goto(`${PAGE}/act?do=drop&which=all&reason=cannot+be+blank&why=only+a+test`);
    }
    await page.goto(`${PAGE}/alerts/${id}`);
    await page.getByText("only a test").waitFor();
    await close(page);
  },

  async "deliveries are paused and go on"() {
    const page = await open("/");
    await page.getByRole("button", {name: "Pause deliveries"}).click();
    await page.getByRole("button", {name: "Pause deliveries"}).click();
    await page.getByText("Deliveries are paused; posts are taken").waitFor();
    const id = await post("paused " + run);
    await page.locator("section", {has: page.locator("#waiting")}).locator(`a[href$="${id}"]`).waitFor();
    await page.getByRole("button", {name: "Resume deliveries"}).click();
    await page.getByRole("button", {name: "Resume deliveries"}).click();
    await page.locator("section", {has: page.locator("#tickets")}).locator(`a[href$="${id}"]`).waitFor();
    await close(page);
  },

  async "who may only read is offered nothing to do"() {
    const page = await open("/", {login: reader});
    await page.getByText("who may only read").waitFor();
    assert.equal(await page.locator("button").count(), 0);
    await close(page);
  },

  async "it can be read without JavaScript"() {
    const page = await open("/", {javaScriptEnabled: false});
    await page.locator(".state").waitFor();
    await page.getByRole("link", {name: "Try"}).click();
    await page.getByLabel("Notification").fill(JSON.stringify(fixture));
    await page.getByRole("button", {name: "Show the ticket"}).click();
    await page.getByRole("heading", {name: "CRITICAL: web1 CPU %"}).waitFor();
    await close(page);
  },

  async "trends are filtered, and a number leads to as many alerts"() {
    const id = await post("list " + run);
    const page = await open("/trends");
    await page.getByLabel("Monitor").fill("list " + run);
    const count = page.locator("tr", {has: page.getByRole("link", {name: "Never acknowledged", exact: true})}).locator("td").first();
    for (let i = 0; i < 30 && (i === 0 || await count.textContent() !== "1"); i++) {
      await page.getByRole("button", {name: "Show"}).click();
      await new Promise(done => setTimeout(done, 1000));
    }
    await count.getByRole("link", {name: "1"}).click();
    await page.getByRole("heading", {name: "Never acknowledged: 1"}).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 1);
    await page.locator(`a[href$="${id}"]`).waitFor();
    await close(page);
  },

  async "the week's report is a page, and so is that of the week before"() {
    const page = await open("/");
    await page.getByRole("link", {name: "Weekly report"}).click();
    await page.getByRole("heading", {name: "Weekly report"}).waitFor();
    const week = await page.getByLabel("Week", {exact: true}).inputValue();
    await page.getByRole("link", {name: "→"}).click();
    await page.getByText("This week is not over").waitFor();
    await page.getByRole("link", {name: `← ${week}`}).click();
    await page.getByRole("link", {name: "→"}).waitFor();
    await page.getByRole("link", {name: "←"}).click();
    await page.getByRole("link", {name: `${week} →`}).waitFor();
    assert.notEqual(await page.getByLabel("Week", {exact: true}).inputValue(), week);
    await close(page);
  },

  async "axe finds nothing, on a desk and on a phone, in each language, light and dark"() {
    const id = await post("park axe <b>x</b> " + run);
    const first = await open("/");
    await first.locator(`[id="select-example/${id}"]`).waitFor({timeout: 60000});
    await close(first);
    for (const [locale, language] of [["en-US", "en"], ["ja-JP", "ja"]]) {
      for (const colorScheme of ["light", "dark"]) {
        for (const width of [1280, 390]) {
          for (const path of ["/", `/alerts/${id}`, `/act?do=drop&alert=example/${id}`, "/trends", "/trends/alerts", "/report", "/try"]) {
            const page = await open(path, {locale, colorScheme, width});
            const what = `${path} in ${language}, ${colorScheme}, ${width} px`;
            assert.equal(await page.locator("html").getAttribute("lang"), language);
            await fits(page, what);
            await accessible(page, what);
            if (E2E_PAGE_PICTURES && path === "/") {
              await page.screenshot({path: `${E2E_PAGE_PICTURES}/page-${language}-${colorScheme}${width === 390 ? "-phone" : ""}.png`, fullPage: true});
            }
            await close(page);
          }
        }
      }
    }
  }
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (WANTED && !name.includes(WANTED)) continue;
  const begun = Date.now();
  try {
    await test();
    console.log(`ok: ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${error.message}`);
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
