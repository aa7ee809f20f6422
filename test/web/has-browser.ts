import { findBrowserPaths } from './find-browser-paths.ts'
import { startBrowser } from './start-browser.ts'

/** Ends well where the browser tests can run on this machine, else says why they cannot. */
const { browser, missing } = await startBrowser(await findBrowserPaths())
await browser?.close()
if (!browser) {
  console.error(missing)
  process.exitCode = 1
}
