import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { buildBundle } from '#infra/build-bundle.ts'
import { databaseFile } from '#local/data/data-folder.ts'
import { environments, type LambdaName } from '#shared/platform/environments.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { tables } from '#shared/store/keys.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { buildApiEvent } from './cold/build-api-event.ts'
import { type ColdStart, measureFirstResponse } from './cold/measure-first-response.ts'
import { startAwsStub } from './cold/start-aws-stub.ts'

/**
 * Measures the size of each bundle, and the cold start of the Lambdas that visitors wait for: the processor time to the first
 * response, relative to a bare client with `lib-dynamodb`. RUNS interleaved runs (20). Where a Lambda has 0.29 of a core, at
 * 512 MB, a response takes about 3.4 times its processor time.
 */
const runs = Number(process.env.RUNS ?? 20)
const secret = JSON.stringify({ root: 'r'.repeat(64), current: 'c'.repeat(32) })

const folder = mkdtempSync(join(tmpdir(), 'prospectus-bench-'))
const bundles = new Map<string, string>()
for (const name of environments.keys() as Iterable<LambdaName>) {
  const { code } = await buildBundle(name)
  bundles.set(name, writeBundle(name, code))
  console.log(`${name.padEnd(20)} ${(Buffer.byteLength(code) / 1024).toFixed(0).padStart(5)} kB`)
}
bundles.set('bare', await buildBare())
copyPackage('disposable-email-domains-js', 'capture')

const { dataDir, sourceKey } = await prepareSample()
const engine = createSqliteEngine({
  path: join(dataDir, databaseFile),
  shapes: tables,
  migrations: schemaMigrations,
  now: () => new Date(),
})
const stub = await startAwsStub(engine, secret)
const variables = {
  ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
  ...{ AWS_ENDPOINT_URL: stub.url, AWS_LAMBDA_FUNCTION_NAME: 'bench' },
  ...{
    STAGE: 'bench',
    MAINTENANCE: 'off',
    CATALOG_TABLE: 'catalog',
    LEADS_TABLE: 'leads',
    SECRET_ARN: 'arn',
    EDGE_SECRET_ARN: 'arn',
  },
  ...{ KEY_LIMIT_PER_MINUTE: '100', ADDRESS_LIMIT_PER_MINUTE: '100', DELIVERY_QUEUE_URL: stub.url, EARLY_QUEUE: 'on' },
}
const edge = { 'x-origin-proof': 'c'.repeat(32) }
const career = 'health-record-technician'
const match = { careerSlug: career, zip: '78701', education: { highestLevel: 'high-school-diploma' } }
const requests = {
  bare: buildApiEvent('GET /'),
  catalog: buildApiEvent('GET /v1/careers/{slug}', { parameters: { slug: career }, headers: edge }),
  capture: buildApiEvent('POST /v1/matches', { headers: { ...edge, 'x-source-key': sourceKey }, body: match }),
}

const measured: { [name: string]: ColdStart[] } = { bare: [], catalog: [], capture: [] }
for (let run = 0; run < runs; run += 1)
  for (const [name, event] of Object.entries(requests)) {
    const result = await measureFirstResponse(bundles.get(name) ?? '', { event, variables })
    if (result.status !== 200) throw new Error(`${name} responded with ${result.status}`)
    measured[name]?.push(result)
  }
const bareMs = summarize((measured.bare ?? []).map(({ firstResponseCpuMs }) => firstResponseCpuMs)).median
console.log(`\nprocessor time to the first response, ${runs} interleaved runs: median (quartiles)`)
for (const [name, results] of Object.entries(measured)) {
  const loaded = summarize(results.map(({ loadedCpuMs }) => loadedCpuMs))
  const first = summarize(results.map(({ firstResponseCpuMs }) => firstResponseCpuMs))
  const spread = `(${first.lower.toFixed(0)} to ${first.upper.toFixed(0)})`
  const ratios = [first.median, first.lower, first.upper].map((ms) => (ms / bareMs).toFixed(2))
  console.log(
    `${name.padEnd(8)} loaded ${loaded.median.toFixed(0)} ms, first response ${first.median.toFixed(0)} ms ${spread}, ` +
      `${ratios[0]} (${ratios[1]} to ${ratios[2]}) of bare`,
  )
}
stub.close()
await engine.close()
for (const each of [folder, dataDir]) rmSync(each, { recursive: true })

function writeBundle(name: string, code: string): string {
  const file = join(folder, name, 'index.js')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  return file
}

async function buildBare(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'cold/bare-lambda.ts')],
    ...{ bundle: true, platform: 'node', target: 'node24', format: 'cjs', minify: true, write: false },
    mainFields: ['module', 'main'],
  })
  return writeBundle('bare', outputFiles[0]?.text ?? '')
}

function copyPackage(name: string, lambda: string): void {
  const source = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  cpSync(source, join(folder, lambda, 'node_modules', name), { recursive: true })
}

/** A data folder with the sample catalog, and the key of its source. */
async function prepareSample() {
  const sample = mkdtempSync(join(tmpdir(), 'prospectus-sample-'))
  const host = spawn(process.execPath, ['local/start.mjs', '--json', '--empty'], {
    env: { ...process.env, PORT: '0', DATA_DIR: sample },
  })
  host.stderr.resume()
  const { keys } = JSON.parse(String((await once(host.stdout, 'data'))[0]))
  host.kill('SIGTERM')
  await once(host, 'exit')
  return { dataDir: sample, sourceKey: String(keys.source) }
}

function summarize(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) }
}
