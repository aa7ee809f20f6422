import { accessSync, constants } from 'node:fs'

/**
 * Paths of Chromium on this machine, best first: the one in CHROMIUM alone, or the npm package's and then Debian's.
 * A headless shell has no windows to draw: it takes a quarter less processor time than the whole browser.
 */
export async function findBrowserPaths(): Promise<string[]> {
  const configuredPath = process.env.CHROMIUM
  return configuredPath ? [configuredPath] : [...(await findBundledBrowser()), ...debianPaths.filter(isExecutable)]
}

const debianPaths = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser']

const bundledChromium: string = '@sparticuz/chromium'
type BundledChromium = { default: { executablePath: () => Promise<string> } }

/** Unpacks the browser on first use, which takes two seconds. It runs on Linux on x64 only. */
async function findBundledBrowser(): Promise<string[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  try {
    // An optional package has no types where it is not installed, so its name is not a literal here.
    const { default: chromium }: BundledChromium = await import(bundledChromium)
    return [await chromium.executablePath()]
  } catch {
    return []
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
