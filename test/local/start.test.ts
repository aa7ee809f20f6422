import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readLead } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'
import { inboxMessages } from '#test/journey/local-json.ts'
import { runHostToExit, startChildHost } from './start-child-host.ts'
import { waitUntil } from './wait-until.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('npm start', () => {
  it.each([
    [
      'a port that is not a number',
      { env: { PORT: 'eighty' } },
      /^PORT is "eighty"\. Set it to a number from 1 to 65535, or to 0/,
    ],
    ['a port above 65535', { env: { PORT: '65536' } }, /^PORT is "65536"\. Set it to a number/],
    [
      'a number of proxies that is none',
      {
        args: ['--serve'],
        env: { DATA_DIR: folder, SMTP_URL: 'smtp://a.example', MAIL_FROM: 'a@b.example', TRUSTED_HOPS: 'two' },
      },
      /^TRUSTED_HOPS is "two"\. Set it to the number of your proxies, from 0 to 9\.$/,
    ],
    ['an unknown option', { args: ['--jsn'] }, /^Unknown argument "--jsn"\. Use --json, --empty or --help\.$/],
    [
      'a data folder that cannot be created',
      { env: { DATA_DIR: '/dev/null/x' } },
      /^DATA_DIR \/dev\/null\/x cannot be .* Set it to/,
    ],
  ])('exits with 1 and explains in one sentence %s', async (_, options, sentence) => {
    const { code, out, err } = await runHostToExit(options)
    expect([code, out]).toEqual([1, ''])
    expect(err.trim()).toMatch(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('reports a port that is in use, and how to choose another', async () => {
    await using occupiedPort = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => occupiedPort.once('listening', resolve))
    const address = occupiedPort.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0

    const { code, out, err } = await runHostToExit({ env: { PORT: String(port) } })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(`Port ${port} is already in use. Set PORT to another, such as PORT=${port + 1}, or PORT=0`)
  })

  it.each([
    ['npm start', [], { LISTEN_ADDRESS: '' }],
    ['npm run serve', ['--serve'], { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.example' }],
  ])('ends %s on a data folder if its port is in use, and leaves the folder free', async (_, args, env) => {
    await using occupiedPort = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => occupiedPort.once('listening', resolve))
    const { port } = Object(occupiedPort.address())
    const start = { args, env: { ...env, DATA_DIR: join(folder, `port-${args.length}`), PORT: String(port) } }
    for (let attempt = 0; attempt < 2; attempt++) {
      const { code, err } = await runHostToExit(start)
      expect([code, err]).toEqual([1, expect.stringContaining(`Port ${port} is already in use.`)])
    }
  })

  it('explains how to get the right version of Node on an old one', async () => {
    const pretends = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`
    const { code, out, err } = await runHostToExit({ node: ['--import', `data:text/javascript,${pretends}`] })
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe(
      'Prospectus needs Node 24; this is 20.20.2. For development, "npm ci" (without --ignore-scripts) brings Node 24 with ' +
        'the project; start it with "npm start". A production host (npm ci --omit=dev) needs Node 24 itself.\n',
    )
  })

  it('lists its settings with --help', async () => {
    const { code, out } = await runHostToExit({ args: ['--help'] })
    expect(code).toBe(0)
    expect(out).toMatch(/PORT.*\n.*DATA_DIR/)
  })
})

describe('stopping the host', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('exits with 0 on %s, with one line of output', async (signal) => {
    await using host = await startChildHost()
    expect(await host.stop(signal)).toEqual({ code: 0, lines: [JSON.stringify({ urls: host.urls, keys: host.keys })] })
  })
})

describe('data folder of npm start', () => {
  it('keeps leads, keys and matches when the host is killed, even if the port changes', async () => {
    const env = { DATA_DIR: join(folder, 'kept') }
    await using before = await startChildHost({ env })
    const page = createVisitor(before)
    const match = await page.match()
    const { body: receipt } = await page.send(page.form(match))
    await before.stop('SIGKILL')

    await using after = await startChildHost({ env })
    expect(after.keys).toEqual(before.keys)
    const staff = createClient({ baseUrl: after.urls.api, headers: { authorization: `Bearer ${after.keys.operator}` } })
    const params = { leadId: receipt?.leadId ?? '' }
    expect((await staff(readLead, { params })).status).toBe(200)
    const later = createVisitor(after)
    expect((await later.send(later.form(match, { contact: someoneElse }))).status).toBe(201)
    await waitUntil(async () => (await inboxMessages(after)).length > 0)
  })

  it('can be used by only one host at a time', async () => {
    const env = { DATA_DIR: join(folder, 'shared') }
    await using host = await startChildHost({ env })
    const { code, err } = await runHostToExit({ env })
    expect(code).toBe(1)
    expect(err).toMatch(
      /^DATA_DIR \S+ is in use by another Prospectus\. Stop that one, or set DATA_DIR to another folder\.\n$/,
    )
    expect((await host.stop('SIGINT')).code).toBe(0)
  })

  it('is created if it is missing, readable only by its owner', async () => {
    const dataDir = join(folder, 'deep', 'down')
    await using host = await startChildHost({ env: { DATA_DIR: dataDir } })
    await host.stop('SIGINT')
    const modes = ['.', 'secrets.json', 'prospectus.db'].map((name) => statSync(join(dataDir, name)).mode & 0o777)
    expect(modes).toEqual([0o700, 0o600, 0o600])
  })

  it('is not used if its secrets are missing', async () => {
    const dataDir = join(folder, 'secretless')
    await using host = await startChildHost({ env: { DATA_DIR: dataDir } })
    await host.stop('SIGINT')
    rmSync(join(dataDir, 'secrets.json'))
    const { code, err } = await runHostToExit({ env: { DATA_DIR: dataDir } })
    expect([code, existsSync(join(dataDir, 'secrets.json'))]).toEqual([1, false])
    expect(err).toContain('Restore it, or use another DATA_DIR.')
  })
})

const someoneElse = {
  firstName: 'Grace',
  lastName: 'Example',
  email: 'grace@mail.example.com',
  phone: '(512) 789-2222',
  zip: '78701',
}
