import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDocsPages } from '#local/create-local-dependencies.ts'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'

let host: Host
let pages: Map<string, string>
beforeAll(async () => {
  host = await startHost({ port: 0 })
  pages = await collectPages()
})
afterAll(() => host.close())

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard'],
  rules: { 'no-redundant-role': 'error' },
})

describe('every page of this host', () => {
  it('is valid HTML', async () => {
    expect(pages.size).toBeGreaterThan(20)
    const faults: string[] = []
    for (const [name, html] of pages) {
      const { results } = await validator.validateString(html)
      for (const { line, ruleId, message } of results.flatMap(({ messages }) => messages))
        faults.push(`${name}:${line} ${ruleId}: ${message}`)
    }
    expect(faults).toEqual([])
  })

  it('detects: a role that the element has anyway, and an element within one that may not hold it', async () => {
    const { results } = await validator.validateString(
      '<table role="table"><tr><td>1</td></tr></table><span><div></div></span>',
    )
    const rules = results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))
    expect(rules).toContain('no-redundant-role')
    expect(rules.length).toBeGreaterThan(1)
  })
})

// `VNU_JAR=vnu.jar npm test`: the checker that the W3C runs, which is 32 MB and needs Java.
const { VNU_JAR: jar = '' } = process.env
describeUnless(existsSync(jar) ? '' : 'no VNU_JAR', 'every page of this host by the W3C checker', () => {
  it('has no error', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prospectus-html-'))
    const files = [...pages].map(([name, html]) => {
      const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.html`)
      writeFileSync(file, html)
      return file
    })
    const { stderr } = spawnSync('java', ['-jar', jar, '--errors-only', '--format', 'gnu', ...files], {
      encoding: 'utf8',
    })
    rmSync(folder, { recursive: true })
    expect(stderr.trim()).toBe('')
  })
})

async function collectPages(): Promise<Map<string, string>> {
  const visitor = createVisitor(host)
  const { body: receipt } = await visitor.send(visitor.form(await visitor.match()))
  const withdrawal = receipt?.withdrawalPath ?? ''
  const career = '/landing/health-record-technician'
  const thanks = `${career}/thank-you?school=lone-prairie-college&withdrawal=${encodeURIComponent(withdrawal)}`
  const shared = ['/landing', career, `${career}?page=2`, `${career}/request`, thanks, '/landing/nothing']
  const docs = Object.keys((await loadDocsPages()).pages).map((section) => `/docs/${section}`)
  const read = ['/docs', ...docs, ...shared, withdrawal, '/console', '/portal', '/publisher', '/inbox', '/school']
  const firstStep = { step: 'find', '/zip': '78701', '/education/highestLevel': 'high-school-diploma' }
  return new Map([
    ...(await Promise.all(read.map(async (path) => [path, await load(path)] as const))),
    ['first step, wrong', await load(`${career}/request`, { ...firstStep, '/zip': '1' })],
    ['second step', await load(`${career}/request`, firstStep)],
    ['second step, wrong', await load(`${career}/request`, { ...firstStep, step: 'send', '/contact/phone': '1' })],
    ['withdrawn', await load(withdrawal, {})],
  ])
}

async function load(path: string, fields?: { [name: string]: string }): Promise<string> {
  const headers = { origin: host.urls.api, 'sec-fetch-site': 'same-origin' }
  const post = fields && { method: 'POST', body: new URLSearchParams(fields), headers }
  const response = await fetch(`${host.urls.api}${path}`, post)
  expect(response.headers.get('content-type'), path).toContain('text/html')
  return response.text()
}
