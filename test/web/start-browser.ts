import { type Browser, chromium } from 'playwright-core'

type BrowserStart = { browser: Browser; missing: '' } | { browser?: undefined; missing: string }

/** The first headless Chromium that starts, or the reason why none does. Its web security stays on. */
export async function startBrowser(paths: readonly string[]): Promise<BrowserStart> {
  let missing = 'no Chromium found; install it or set CHROMIUM to its path'
  for (const executablePath of paths) {
    try {
      return { browser: await chromium.launch({ executablePath, args: flags }), missing: '' }
    } catch (error) {
      missing = `${executablePath} does not start: ${String(error).split('\n')[0]}`
    }
  }
  return { missing }
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
