import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildBundle } from '#infra/build-bundle.ts'
import type { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { environments, type LambdaName } from '#shared/platform/environments.ts'
import { startSchoolServer } from '#test/shared/outbound/webhook/start-school-server.ts'
import { bundleBudget, isPackageAllowed, workerBundleBudget } from './bundle-budget.ts'

const names = [...environments.keys()] as LambdaName[]

it.each(names)('keeps the bundle of %s within its budget and free of other packages', async (name) => {
  const { code, packages } = await buildBundle(name)
  const kilobytes = Buffer.byteLength(code) / 1024
  console.log(`${name}: ${kilobytes.toFixed(1)} kB`)
  expect(kilobytes).toBeLessThanOrEqual(bundleBudget[name] ?? workerBundleBudget)
  expect(packages.filter((each) => !isPackageAllowed(name, each))).toEqual([])
  expect(code.includes('sso-oidc'), 'the chain of credential providers that no Lambda uses').toBe(false)
})

it('finds a package that a Lambda may not have', async () => {
  const { packages } = await buildBundle('catalog', 'shared/outbound/webhook/create-post-webhook.ts')
  expect(packages.filter((each) => !isPackageAllowed('catalog', each))).toContain('undici')
})

it('posts webhooks with the part of undici that is in the bundle', async () => {
  await using school = await startSchoolServer((_request, response) => void response.writeHead(201).end('taken'))
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  const file = join(folder, 'index.cjs')
  writeFileSync(file, (await buildBundle('worker/deliver', 'shared/outbound/webhook/create-post-webhook.ts')).code)
  const bundle: { createPostWebhook: typeof createPostWebhook } = createRequire(file)(file)
  const post = bundle.createPostWebhook({ settings: { loopback: 'allowed' } })
  const response = await post({ url: `http://127.0.0.1:${school.port}/`, headers: {}, body: '{}' })
  expect(response).toMatchObject({ stage: 'answered', status: 201, body: 'taken' })
  rmSync(folder, { recursive: true })
})
