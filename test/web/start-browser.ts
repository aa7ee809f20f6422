import { type Browser, chromium } from 'playwright-core'

type BrowserStart = { browser: Browser; missing: '' } | { browser?: undefined; missing: string }

/** The first headless Chromium that starts, or why none does. What browsers refuse, such as other origins, it refuses too. */
export async function startBrowser(paths: readonly string[]): Promise<BrowserStart> {
  let missing = 'no Chromium; install it, or name one in CHROMIUM'
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
