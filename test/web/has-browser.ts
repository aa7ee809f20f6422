import { findBrowserPaths } from './find-browser-paths.ts'
import { startBrowser } from './start-browser.ts'

/** Exits with 0 if the browser tests can run on this machine, and otherwise prints the reason and exits with 1. */
const { browser, missing } = await startBrowser(await findBrowserPaths())
await browser?.close()
if (!browser) {
  console.error(missing)
  process.exitCode = 1
}
