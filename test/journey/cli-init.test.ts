import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { findMissingPrograms } from '#test/find-missing-programs.ts'
import { spawnHost } from '#test/local/start-child-host.ts'
import { runOps as runHostOps } from './run-ops.ts'

// A shell would change "$".
const password = 'p%23w$HOME'
const settings = [
  ...['--public-url', 'https://leads.example.org', '--mail-from', 'Leads <leads@example.org>'],
  ...['--smtp-url', `smtp://user:${password}@127.0.0.1:1`],
]
let host: Host
let root: string
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prospectus-root-'))
  return () => rmSync(root, { recursive: true })
})
afterAll(() => host.close())

const ops = (...args: string[]) => runHostOps(host, args)
const init = (...args: string[]) => ops('init', '--root', root, ...args)
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('ops init', () => {
  it('prints everything and writes nothing with --dry-run, without the password', async () => {
    const { out, err, code } = await init('--yes', ...settings, '--dry-run')
    expect([err, code]).toEqual(['', 0])
    for (const text of ['/etc/prospectus.env (600)', 'smtp://user:***@', 'ExecStart=', 'reverse_proxy 127.0.0.1:3000'])
      expect(out).toContain(text)
    expect(out).not.toContain(password)
    expect(readdirSync(root)).toEqual([])
  })

  it('writes folders, settings, unit and proxy file, with their modes, once', async () => {
    const first = JSON.parse((await init('--yes', '--json', ...settings)).out)
    expect(first.parts.map(({ name, state }: { name: string; state: string }) => `${state} ${name}`)).toEqual([
      'create prospectus',
      'create /var/lib/prospectus',
      'create /var/backups/prospectus',
      'create /etc/systemd/system/prospectus.service',
      'create /etc/caddy/prospectus.caddy',
      'create /etc/caddy/Caddyfile',
      'create /etc/prospectus.env',
    ])
    const modes = ['var/lib/prospectus', 'etc/prospectus.env', 'etc/caddy/prospectus.caddy'].map((path) =>
      (statSync(join(root, path)).mode & 0o777).toString(8),
    )
    expect(modes).toEqual(['700', '600', '644'])
    expect(first.next).toContain('useradd --system --home-dir /var/lib/prospectus --shell /usr/sbin/nologin prospectus')
    expect(first.next).toContain('systemctl daemon-reload && systemctl enable --now prospectus')
    const again = JSON.parse((await init('--yes', '--json')).out)
    expect(again.parts.slice(1).every(({ state }: { state: string }) => state === 'exists')).toBe(true)
  })

  it('changes one setting and leaves the others, also those that it does not ask for', async () => {
    await init('--yes', ...settings)
    writeFileSync(join(root, 'etc/prospectus.env'), `${read('etc/prospectus.env')}TRUSTED_HOPS=2\n`)
    expect((await init('--yes', '--alert-email', 'staff@example.org', '--retention-days', '1095')).code).toBe(0)
    const next = JSON.parse((await init('--yes', '--json', '--retention-days', '1000')).out).next
    expect(next).toContain('systemctl daemon-reload && systemctl restart prospectus')
    await init('--yes', '--retention-days', '1095')
    expect(read('etc/prospectus.env').split('\n')).toEqual([
      'PUBLIC_URL=https://leads.example.org',
      `SMTP_URL='smtp://user:${password}@127.0.0.1:1'`,
      "MAIL_FROM='Leads <leads@example.org>'",
      'BACKUP_DIR=/var/backups/prospectus',
      'PORT=3000',
      'TRUSTED_HOPS=2',
      'ALERT_EMAIL=staff@example.org',
      'RETENTION_DAYS=1095',
      '',
    ])
    expect((await init('--yes', '--alert-email', '')).code).toBe(0)
    expect(read('etc/prospectus.env')).not.toContain('ALERT_EMAIL')
  })

  it('leaves a proxy file that another program has changed, and a Caddyfile of other sites', async () => {
    await init('--yes', ...settings, '--proxy', 'nginx')
    const site = join(root, 'etc/nginx/conf.d/prospectus.conf')
    writeFileSync(site, '# certbot was here\n')
    writeFileSync(join(root, 'Caddyfile'), '')
    const again = await init('--yes', '--proxy', 'nginx', '--port', '4000')
    expect([again.code, again.err]).toEqual([
      0,
      expect.stringMatching(
        /differs, stays {2}file .*prospectus\.conf .*, in place of:\n[\s\S]*proxy_pass http:..127.0.0.1:4000/,
      ),
    ])
    expect(readFileSync(site, 'utf8')).toBe('# certbot was here\n')
    expect(existsSync(join(root, 'etc/caddy'))).toBe(false)
  })

  it('changes a proxy file that it has written itself, without being told again which proxy', async () => {
    await init('--yes', ...settings, '--proxy', 'nginx', '--public-url', 'https://leads.example.org/')
    expect(read('etc/nginx/conf.d/prospectus.conf')).toContain('return 308 https://leads.example.org$request_uri;')
    expect((await init('--yes', '--port', '4000')).code).toBe(0)
    expect(read('etc/nginx/conf.d/prospectus.conf')).toContain('proxy_pass http://127.0.0.1:4000;')
    expect(existsSync(join(root, 'etc/caddy'))).toBe(false)
  })

  it('continues after an interruption', async () => {
    await init('--yes', ...settings)
    rmSync(join(root, 'etc/systemd'), { recursive: true })
    writeFileSync(join(root, 'etc/caddy/Caddyfile'), ':80 {\n}')
    expect((await init('--yes')).code).toBe(0)
    expect(existsSync(join(root, 'etc/systemd/system/prospectus.service'))).toBe(true)
    expect(read('etc/caddy/Caddyfile')).toBe(':80 {\n}\nimport prospectus.caddy\n')
  })

  it.each([
    [
      'a missing setting, without a terminal',
      ['--public-url', 'https://a.example'],
      /--smtp-url is missing: .*\n--mail-from is missing/,
    ],
    [
      'a setting that the host refuses',
      [...settings, '--yes', '--retention-days', 'ever'],
      /--retention-days: RETENTION_DAYS is "ever"/,
    ],
    [
      'an address with a path',
      ['--yes', ...settings, '--public-url', 'https://a.example/x'],
      /--public-url: PUBLIC_URL is not the address/,
    ],
    [
      'a value that cannot be quoted',
      ['--yes', ...settings, '--mail-from', "o'hara@a.example"],
      /--mail-from: Must not contain an apostrophe/,
    ],
    ['no confirmation', settings, /Not a terminal: pass --yes/],
  ])('exits with 2 and writes nothing: %s', async (_, args, why) => {
    const { out, err, code } = await init(...args)
    expect([out, code]).toEqual(['', 2])
    expect(err).toMatch(why)
    expect(readdirSync(root)).toEqual([])
  })

  it('writes settings with which a host starts, read as a shell reads them', async () => {
    await init('--yes', ...settings)
    const { stdout } = spawnSync('sh', ['-c', `set -a; . ${root}/etc/prospectus.env; env -0`], {
      encoding: 'utf8',
      env: {},
    })
    const env = Object.fromEntries(stdout.split('\0').map((line) => line.split(/=(.*)/s).slice(0, 2)))
    expect(env).toMatchObject({
      SMTP_URL: `smtp://user:${password}@127.0.0.1:1`,
      MAIL_FROM: 'Leads <leads@example.org>',
    })
    const folders = {
      DATA_DIR: join(root, env.DATA_DIR ?? 'var/lib/prospectus'),
      BACKUP_DIR: join(root, env.BACKUP_DIR),
    }
    const server = spawnHost({ args: ['--serve'], env: { ...env, ...folders, PORT: '0' } })
    server.stderr.resume()
    const [line] = await server.stdout.take(1).toArray()
    server.kill('SIGTERM')
    expect(String(line)).toContain('for people at https://leads.example.org')
  })
})

describeUnless(findMissingPrograms('systemd-analyze'), 'the unit of ops init', () => {
  it('is valid', async () => {
    await init('--yes', ...settings)
    const unit = join(root, 'etc/systemd/system/prospectus.service')
    const verify = () => spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' }).stderr
    const findOwnLines = () =>
      verify()
        .split('\n')
        .filter((line) => line.includes('prospectus'))
    expect(findOwnLines()).toEqual([])
    expect(read('etc/systemd/system/prospectus.service')).toContain('ReadWritePaths=/var/backups/prospectus')
    writeFileSync(unit, read('etc/systemd/system/prospectus.service').replace('ReadWritePaths=/', 'ReadWritePaths='))
    expect(findOwnLines()).not.toEqual([])
  })
})

describeUnless(findMissingPrograms('caddy'), 'the Caddy file of ops init', () => {
  it('forwards the domain to the host', async () => {
    await init('--yes', ...settings, '--port', '4000')
    const { stdout } = spawnSync('caddy', ['adapt', '--config', join(root, 'etc/caddy/Caddyfile')], {
      encoding: 'utf8',
    })
    expect(stdout).toContain('"host":["leads.example.org"]')
    expect(stdout).toContain('"dial":"127.0.0.1:4000"')
  })
})

describeUnless(findMissingPrograms('nginx', 'openssl'), 'the nginx file of ops init', () => {
  it('is one that nginx takes', async () => {
    await init('--yes', ...settings, '--proxy', 'nginx')
    const [key, certificate] = ['key.pem', 'cert.pem'].map((name) => join(root, name))
    spawnSync(
      'openssl',
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=a -keyout ${key} -out ${certificate}`.split(
        ' ',
      ),
    )
    const site = read('etc/nginx/conf.d/prospectus.conf')
      .replaceAll(/\/etc\/letsencrypt\S+fullchain.pem/g, String(certificate))
      .replaceAll(/\/etc\/letsencrypt\S+privkey.pem/g, String(key))
    const config = join(root, 'nginx.conf')
    writeFileSync(
      config,
      `events {}\npid ${root}/pid;\nerror_log ${root}/error.log;\nhttp { access_log off;\n${site} }\n`,
    )
    const { stderr, status } = spawnSync('nginx', ['-t', '-c', config, '-p', root, '-e', `${root}/error.log`], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, expect.stringContaining('test is successful')])
  })
})
