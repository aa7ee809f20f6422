import { accessSync, constants } from 'node:fs'

/** Each Chromium of this machine, best first: only the one that CHROMIUM names, else what an npm package brings, then Debian's. */
export async function browserPaths(): Promise<string[]> {
  const named = process.env.CHROMIUM
  return named
    ? [named]
    : [...(await bundled()), ...['/usr/bin/chromium', '/usr/bin/chromium-browser'].filter(isExecutable)]
}

/** Unpacked where that has not been done yet, which takes two seconds. It is made for Linux on x64. */
async function bundled(): Promise<string[]> {
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
