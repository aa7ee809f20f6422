import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { buildApp } from '#infra/build-app.ts'
import { readStageSettings } from '#infra/stage.ts'

/** Measures the bundle size of each Lambda and the time that Node takes to load it: median of seven runs. */
const runs = 7
const timing = 'const began = performance.now(); require(process.argv[1]); console.log(performance.now() - began)'

const outdir = mkdtempSync(join(tmpdir(), 'prospectus-synth-'))
const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'))
const app = new App({ outdir, context: { ...context, 'aws:cdk:enable-asset-metadata': true } })
const { service } = buildApp(app, readStageSettings({ stage: 'dev' }))
app.synth()

const lambda = z.object({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.object({ Description: z.string() }),
  Metadata: z.object({ 'aws:asset:path': z.string() }),
})
const { Resources } = JSON.parse(readFileSync(join(outdir, service.templateFile), 'utf8'))
for (const resource of Object.values(Resources)) {
  const { Properties, Metadata } = lambda.safeParse(resource).data ?? {}
  if (!Properties || !Metadata) continue
  const bundle = join(outdir, Metadata['aws:asset:path'], 'index.js')
  const times = Array.from({ length: runs }, () => Number(execFileSync(process.execPath, ['-e', timing, bundle])))
  const medianMs = times.toSorted((one, other) => one - other)[Math.floor(runs / 2)] ?? 0
  const kilobytes = statSync(bundle).size / 1024
  const name = Properties.Description.split(': ').at(-1) ?? ''
  console.log(
    `${name.padEnd(18)} ${kilobytes.toFixed(0).padStart(5)} kB, loads in ${medianMs.toFixed(0).padStart(3)} ms`,
  )
}
rmSync(outdir, { recursive: true })
