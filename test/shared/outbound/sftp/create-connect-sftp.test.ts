import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createConnectSftp } from '#shared/outbound/sftp/create-connect-sftp.ts'
import type { SftpTarget } from '#shared/outbound/sftp/sftp.ts'
import { startSftpServer } from './start-sftp-server.ts'

const connectSftp = createConnectSftp({ settings: { loopback: 'allowed' }, deadlineMs: 10_000 })
const password = 'fixture password'
/** Where Debian, Fedora, Alpine and macOS have it. */
const openSsh = [
  ...(process.env.SFTP_SERVER === undefined ? [] : [process.env.SFTP_SERVER]),
  ...['/usr/lib/openssh', '/usr/libexec/openssh', '/usr/lib/ssh', '/usr/libexec'].map((path) => `${path}/sftp-server`),
].find((path) => existsSync(path))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sftp-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Server = Awaited<ReturnType<typeof startSftpServer>>
const toTarget = ({ port, hostKey }: Server, fields: Partial<SftpTarget> = {}): SftpTarget => ({
  ...{ host: 'localhost', port, username: 'leads', folder: '.', hostKeys: [hostKey], password },
  ...fields,
})

describe('an SFTP session', () => {
  it('writes a file under one name and renames it in one step', async () => {
    await using server = await startSftpServer({ folder, password })
    const session = await connectSftp(toTarget(server))
    const content = 'deliveryId\r\n'.repeat(20_000)
    await session.writeFile('.leads.csv.part', content)
    expect(readdirSync(folder)).toEqual(['.leads.csv.part'])
    await session.rename('.leads.csv.part', 'leads.csv')
    expect(await session.exists('.leads.csv.part')).toBe(false)
    expect(await session.exists('leads.csv')).toBe(true)
    session.close()
    expect(readdirSync(folder)).toEqual(['leads.csv'])
    expect(readFileSync(join(folder, 'leads.csv'), 'utf8')).toBe(content)
  })

  it.skipIf(openSsh === undefined)('writes again and renames over a file at the server of OpenSSH', async () => {
    await using server = await startSftpServer({ folder, password, program: openSsh })
    writeFileSync(join(folder, 'leads.csv'), 'an earlier try')
    const session = await connectSftp(toTarget(server))
    for (const content of ['a longer first try', 'second']) await session.writeFile('.leads.csv.part', content)
    await session.rename('.leads.csv.part', 'leads.csv')
    expect(await session.exists('.leads.csv.part')).toBe(false)
    session.close()
    expect(readFileSync(join(folder, 'leads.csv'), 'utf8')).toBe('second')
  })

  it('signs in with a private key', async () => {
    const keys = ssh2.utils.generateKeyPairSync('ed25519')
    await using server = await startSftpServer({ folder, publicKey: keys.public })
    const session = await connectSftp(toTarget(server, { password: undefined, privateKey: keys.private }))
    await session.writeFile('leads.csv', 'x')
    session.close()
    expect(readdirSync(folder)).toEqual(['leads.csv'])
  })

  it('sends no password to a server with another host key', async () => {
    await using server = await startSftpServer({ folder, password })
    const otherKey = `SHA256:${'A'.repeat(43)}`
    await expect(connectSftp(toTarget(server, { hostKeys: [otherKey] }))).rejects.toMatchObject({
      stage: 'tls',
      reason: 'The server has another host key than those of the campaign.',
    })
    expect(server.passwords).toEqual([])
    // One of several pinned keys is enough.
    const session = await connectSftp(toTarget(server, { hostKeys: [otherKey, server.hostKey] }))
    session.close()
    expect(server.passwords).toEqual([password])
  })

  it('says that the password was refused, without the password', async () => {
    await using server = await startSftpServer({ folder, password: 'another' })
    const refusal = await connectSftp(toTarget(server)).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ stage: 'answered', reason: expect.stringContaining('did not accept') })
    expect(String(refusal)).not.toContain(password)
  })

  it('says that a folder is missing', async () => {
    await using server = await startSftpServer({ folder, password })
    const session = await connectSftp(toTarget(server, { folder: 'no/such/folder' }))
    await expect(session.writeFile('leads.csv', 'x')).rejects.toMatchObject({
      stage: 'answered',
      reason: 'There is no such folder or file.',
    })
    session.close()
  })

  it('ends when the server does', async () => {
    await using server = await startSftpServer({ folder, password, dropAt: 'OPEN' })
    const session = await connectSftp(toTarget(server))
    await expect(session.writeFile('leads.csv', 'x')).rejects.toMatchObject({ stage: 'answered' })
  })

  it('ends at its deadline', async () => {
    await using server = await startSftpServer({ folder, password })
    const hurried = createConnectSftp({ settings: { loopback: 'allowed' }, deadlineMs: 1 })
    await expect(hurried(toTarget(server))).rejects.toMatchObject({ stage: 'deadline' })
  })

  it('connects to no address of our own network', async () => {
    await using server = await startSftpServer({ folder, password })
    const guarded = createConnectSftp({
      settings: { loopback: 'refused' },
      resolve: async () => [{ address: '127.0.0.1' }],
      deadlineMs: 5000,
    })
    for (const host of ['127.0.0.1', 'sftp.school.example'])
      await expect(guarded(toTarget(server, { host }))).rejects.toMatchObject({ stage: 'refused' })
    expect(server.passwords).toEqual([])
  })

  it('refuses a private key that it cannot read, without quoting it', async () => {
    await using server = await startSftpServer({ folder, password })
    const privateKey = '-----BEGIN PRIVATE KEY-----\nnonsense\n'
    await expect(connectSftp(toTarget(server, { privateKey }))).rejects.toMatchObject({
      reason: 'The private key cannot be read.',
    })
  })
})
