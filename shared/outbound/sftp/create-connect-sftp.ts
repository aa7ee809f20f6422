import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { Client, type ConnectConfig, type SFTPWrapper } from 'ssh2'
import type { ResolveHost } from '../webhook/create-host-resolver.ts'
import { type SsrfGuardSettings, ssrfGuard } from '../webhook/ssrf-guard.ts'
import { type ConnectSftp, SftpFault, type SftpSession, type SftpTarget } from './sftp.ts'

type ConnectSftpOptions = { settings: SsrfGuardSettings; resolve?: ResolveHost; deadlineMs: number }

/**
 * Opens sessions with ssh2. It connects only to addresses that the SSRF guard has checked, and signs in only at a server
 * whose key is pinned, so that no password is sent to another.
 */
export function createConnectSftp({ settings, resolve, deadlineMs }: ConnectSftpOptions): ConnectSftp {
  return async (target) => {
    const signal = AbortSignal.timeout(deadlineMs)
    const addresses = await findAddresses(target, settings, resolve)
    const socket = await openSocket(addresses, target.port, signal)
    return openSession(socket, target, signal)
  }
}

async function findAddresses({ host, port }: SftpTarget, settings: SsrfGuardSettings, resolve?: ResolveHost) {
  // The guard checks URLs; of this one it looks at host and port.
  const guarded = await ssrfGuard(`https://${host}:${port}`, { ...settings, ports: [port] }, resolve).catch(
    (error: unknown) => {
      throw new SftpFault('resolve', readCode(error))
    },
  )
  if ('refused' in guarded) throw new SftpFault('refused', guarded.refused)
  if (guarded.addresses.length === 0) throw new SftpFault('resolve', 'ENOTFOUND')
  return guarded.addresses
}

async function openSocket(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  let fault: unknown
  for (const address of addresses.slice(0, maxAddresses)) {
    try {
      return await connectSocket(address, port, signal)
    } catch (error) {
      fault = error
      if (signal.aborted) break
    }
  }
  throw new SftpFault(signal.aborted ? 'deadline' : 'connect', readCode(fault))
}

const maxAddresses = 3

function connectSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal })
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

async function openSession(socket: Socket, target: SftpTarget, signal: AbortSignal): Promise<SftpSession> {
  const client = new Client()
  let isHostRefused = false
  const ended = new Promise<never>((_, reject) => {
    client.on('error', (error) => reject(describe(error, isHostRefused)))
    client.on('close', () => reject(new SftpFault('answered', 'The connection was closed.')))
    signal.addEventListener('abort', () => {
      client.destroy()
      reject(new SftpFault('deadline', 'The server did not answer in time.'))
    })
  })
  // A session that ends while nothing waits for it is noticed by its next call.
  ended.catch(() => undefined)
  const untilEnded = <Result>(work: Promise<Result>) => Promise.race([work, ended])

  const ready = new Promise<void>((resolve) => client.once('ready', resolve))
  answerPrompts(client, target)
  try {
    client.connect({
      ...toCredentials(target),
      sock: socket,
      hostVerifier(key: Buffer) {
        isHostRefused = !target.hostKeys.includes(toFingerprint(key))
        return !isHostRefused
      },
    })
  } catch {
    socket.destroy()
    throw new SftpFault('refused', 'The private key cannot be read.')
  }
  await untilEnded(ready)
  const [sftp] = await untilEnded(call<[SFTPWrapper]>((done) => client.sftp(done)))
  const toPath = (name: string) => (target.folder === '.' ? name : `${target.folder.replace(/\/+$/, '')}/${name}`)
  return {
    async writeFile(name, content) {
      const bytes = Buffer.from(content)
      await untilEnded(call<[]>((done) => sftp.writeFile(toPath(name), bytes, done)))
      const [{ size }] = await untilEnded(call<[{ size: number }]>((done) => sftp.stat(toPath(name), done)))
      if (size !== bytes.length) throw new SftpFault('answered', 'The server stored only a part of the file.')
    },
    async exists(name) {
      try {
        await untilEnded(call<[object]>((done) => sftp.stat(toPath(name), done)))
        return true
      } catch (error) {
        if (error instanceof SftpFault && error.reason === statusReasons[noSuchFile]) return false
        throw error
      }
    },
    async rename(from, to) {
      await untilEnded(renameAndReplace(sftp, toPath(from), toPath(to)))
    },
    close: () => client.end(),
  }
}

function toCredentials({ username, password, privateKey }: SftpTarget): ConnectConfig {
  return { username, ...(password !== undefined && { password, tryKeyboard: true }), ...(privateKey && { privateKey }) }
}

/** Some servers ask for the password by a prompt. */
function answerPrompts(client: Client, { password = '' }: SftpTarget): void {
  client.on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) =>
    answer(prompts.map(() => password)),
  )
}

/** The usual extension replaces a file that is there; the plain request of an older server does not. */
async function renameAndReplace(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
  const replace = call<[]>((done) => sftp.ext_openssh_rename(from, to, done))
  const isUnsupported = (error: unknown) => error instanceof SftpFault && error.reason === statusReasons[unsupported]
  await replace.catch((error: unknown) => {
    if (!isUnsupported(error)) throw error
    return call<[]>((done) => sftp.rename(from, to, done))
  })
}

/** Calls a function of ssh2, which may throw, call back, or both. */
function call<Results extends unknown[]>(
  start: (done: (error: Error | null | undefined, ...results: Results) => void) => unknown,
): Promise<Results> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(new SftpFault('answered', readStatus(error)))
    try {
      start((error, ...results) => (error ? fail(error) : resolve(results)))
    } catch {
      fail({ code: unsupported })
    }
  })
}

function toFingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

const noSuchFile = 2
const unsupported = 8
/** The status codes of SFTP version 3. */
const statusReasons: { [code: number]: string } = {
  [noSuchFile]: 'There is no such folder or file.',
  3: 'The user may not write there.',
  4: 'The server reported a failure.',
  [unsupported]: 'The server does not support this operation.',
}

function readStatus(error: unknown): string {
  return statusReasons[Number(Object(error).code)] ?? statusReasons[4] ?? ''
}

function describe(error: Error & { level?: string }, isHostRefused: boolean): SftpFault {
  if (isHostRefused) return new SftpFault('tls', 'The server has another host key than those of the campaign.')
  if (error.level === 'client-authentication')
    return new SftpFault('answered', 'The server did not accept the user name, password or key.')
  return new SftpFault('answered', `${error.level ?? 'protocol'} ${readCode(error)}`)
}

function readCode(error: unknown): string {
  const { code } = Object(error)
  return typeof code === 'string' ? code : 'unknown'
}
