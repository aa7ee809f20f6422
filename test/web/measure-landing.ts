import { startHost } from '#local/host.ts'
import { findBrowserPaths } from './find-browser-paths.ts'
import { startBrowser } from './start-browser.ts'

/**
 * Measures the largest contentful paint and the bytes of the landing page and the home page in Chromium on slow 4G: 1.6 Mbit/s
 * down, 0.75 Mbit/s up, 150 ms round trip, as Lighthouse simulates it, here by the browser itself, on a phone of 390 px
 * with an empty cache. Five runs of each.
 */
const runs = 5
const network = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }

const { browser, missing } = await startBrowser(await findBrowserPaths())
if (!browser) throw new Error(missing)
const host = await startHost({ port: 0 })
for (const [name, url] of [
  ['landing page', host.urls.landing],
  ['home page', `${host.urls.api}/`],
] as const) {
  const measured: Measurement[] = []
  for (let run = 0; run < runs; run++) measured.push(await measure(url))
  const lcp = measured.map(({ lcpMs }) => lcpMs).toSorted((one, other) => one - other)
  const bytes = Math.max(...measured.map(({ transferred }) => transferred))
  console.log(
    `${name}: LCP ${lcp[0]?.toFixed(0)} to ${lcp.at(-1)?.toFixed(0)} ms, median ${lcp[Math.floor(runs / 2)]?.toFixed(0)} ms; ` +
      `${(bytes / 1024).toFixed(1)} KB in ${measured[0]?.requests} requests`,
  )
}
await browser.close()
await host.close()

type Measurement = { lcpMs: number; transferred: number; requests: number }

async function measure(url: string): Promise<Measurement> {
  const context = await browser?.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-US' })
  const page = await context?.newPage()
  if (!context || !page) throw new Error('There is no browser.')
  const session = await context.newCDPSession(page)
  let transferred = 0
  let requests = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    transferred += encodedDataLength
    requests++
  })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', network)
  await page.goto(url, { waitUntil: 'networkidle' })
  const lcpMs = await page.evaluate<number>(`new Promise((resolve) => new PerformanceObserver((list) =>
    resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`)
  await context.close()
  return { lcpMs, transferred, requests }
}
