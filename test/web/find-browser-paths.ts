import { accessSync, constants } from 'node:fs'

/** Each Chromium of this machine, best first: only the one that CHROMIUM names, else what an npm package brings, then Debian's. */
export async function findBrowserPaths(): Promise<string[]> {
  const configuredPath = process.env.CHROMIUM
  return configuredPath
    ? [configuredPath]
    : [...(await findBundledBrowser()), ...['/usr/bin/chromium', '/usr/bin/chromium-browser'].filter(isExecutable)]
}

/** Unpacked where that has not been done yet, which takes two seconds. It is made for Linux on x64. */
async function findBundledBrowser(): Promise<string[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
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
