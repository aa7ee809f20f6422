import { accessSync, constants } from 'node:fs'

/** A Chromium of this machine: the one that is named, the one that an npm package brings, Debian's. Nothing where there is none. */
export async function findBrowser(): Promise<string | undefined> {
  const named = process.env.CHROMIUM
  if (named) return named
  return (await bundled()) ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(isExecutable)
}

/** Unpacks it where that has not been done yet. It is made for Linux on x64. */
async function bundled(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    return await chromium.executablePath()
  } catch {
    return undefined
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
