import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { findBrowser } from './find-browser.ts'

type Started = { browser: Browser; missing: '' } | { browser?: undefined; missing: string }

/** A headless Chromium, or why there is none. What a test wants to be refused, such as another origin, is refused. */
export async function startBrowser(): Promise<Started> {
  const executablePath = await findBrowser()
  if (executablePath === undefined) return { missing: 'no Chromium; install it, or name one in CHROMIUM' }
  try {
    return { browser: await chromium.launch({ executablePath, args: flags }), missing: '' }
  } catch (error) {
    const [reason] = String(error).split('\n')
    return { missing: `${executablePath} does not start: ${reason}` }
  }
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
