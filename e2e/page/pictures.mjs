// Takes pictures of the demonstration. Started by docs/page-screenshots.
import {chromium} from "playwright-core";

const {PAGE, PICTURES} = process.env;
const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"]});

/** The alert of which most is to be seen: an outage that one person took and another closed. */
const outage = (await (await fetch(`${PAGE}/api/trends/alerts?monitor=Connectivity&figure=acknowledged`)).json()).alerts.at(-1).id;
const screens = {now: "/", alert: `/alerts/${outage}`, trends: "/trends", report: "/report"};

for (const [language, locale] of [["en", "en-US"], ["ja", "ja-JP"]]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({locale, colorScheme, viewport: {width: 1000, height: 860}});
    for (const [name, path] of Object.entries(screens)) {
      const page = await context.newPage();
      await page.goto(PAGE + path);
      if (name === "trends") {
        await page.locator("#days").evaluate(it => it.scrollIntoView());
      }
      await page.screenshot({path: `${PICTURES}/${name}-${language}-${colorScheme}.png`});
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
