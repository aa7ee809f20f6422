import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import ssh2, { type Connection, type ServerChannel, type SFTPWrapper } from 'ssh2'

const { STATUS_CODE: status } = ssh2.utils.sftp

type ServerOptions = {
  folder: string
  password?: string
  publicKey?: string
  /** The `sftp-server` of OpenSSH, which serves its own working folder. Absent: a plain server without extensions. */
  program?: string | undefined
  /** Ends the connection when this request comes. */
  dropAt?: 'OPEN' | 'RENAME'
}

/** An SFTP server on loopback over a real folder. */
export async function startSftpServer(options: ServerOptions) {
  const hostKey = ssh2.utils.generateKeyPairSync('ed25519')
  const connections: Connection[] = []
  const passwords: string[] = []
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
    connections.push(client)
    client.on('error', () => undefined)
    client.on('authentication', (context) => {
      if (context.method === 'password') {
        passwords.push(context.password)
        if (context.password === options.password) return context.accept()
      }
      if (context.method === 'publickey' && options.publicKey) {
        const allowed = ssh2.utils.parseKey(options.publicKey)
        if (!(allowed instanceof Error) && context.key.data.equals(allowed.getPublicSSH())) {
          if (!context.signature || !context.blob) return context.accept()
          if (allowed.verify(context.blob, context.signature, context.hashAlgo)) return context.accept()
        }
      }
      context.reject(['password', 'publickey'])
    })
    client.on('session', (accept) => {
      const session = accept()
      if (options.program === undefined) session.on('sftp', (acceptSftp) => serve(acceptSftp(), client, options))
      else session.on('subsystem', (acceptChannel) => serveByProgram(acceptChannel(), options))
    })
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const publicHostKey = ssh2.utils.parseKey(hostKey.public)
  if (publicHostKey instanceof Error) throw publicHostKey
  return {
    port: Number(Object(server.address()).port),
    hostKey: `SHA256:${createHash('sha256').update(publicHostKey.getPublicSSH()).digest('base64').replace(/=+$/, '')}`,
    passwords,
    async [Symbol.asyncDispose]() {
      for (const connection of connections) connection.end()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function serveByProgram(channel: ServerChannel, { program = '', folder }: ServerOptions) {
  const child = spawn(program, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
  channel.pipe(child.stdin)
  child.stdout.pipe(channel)
  channel.on('close', () => child.kill())
}

function serve(sftp: SFTPWrapper, client: Connection, { folder, dropAt }: ServerOptions) {
  const handles = new Map<number, number>()
  const toPath = (name: string) => join(folder, name)
  const attempt = (id: number, work: () => void) => {
    try {
      work()
    } catch (error) {
      sftp.status(id, Object(error).code === 'ENOENT' ? status.NO_SUCH_FILE : status.FAILURE)
    }
  }
  const toAttributes = ({ mode, uid, gid, size, atimeMs, mtimeMs }: ReturnType<typeof statSync> & object) => ({
    ...{ mode: Number(mode), uid: Number(uid), gid: Number(gid), size: Number(size) },
    ...{ atime: Number(atimeMs) / 1000, mtime: Number(mtimeMs) / 1000 },
  })
  sftp.on('OPEN', (id, name) =>
    attempt(id, () => {
      if (dropAt === 'OPEN') return client.end()
      const descriptor = openSync(toPath(name), 'w')
      handles.set(descriptor, descriptor)
      const handle = Buffer.alloc(4)
      handle.writeUInt32BE(descriptor)
      sftp.handle(id, handle)
    }),
  )
  sftp.on('FSTAT', (id, handle) => attempt(id, () => sftp.attrs(id, toAttributes(fstatSync(handle.readUInt32BE())))))
  sftp.on('FSETSTAT', (id) => sftp.status(id, status.OK))
  sftp.on('WRITE', (id, handle, offset, data) =>
    attempt(id, () => {
      writeSync(handle.readUInt32BE(), data, 0, data.length, offset)
      sftp.status(id, status.OK)
    }),
  )
  sftp.on('CLOSE', (id, handle) =>
    attempt(id, () => {
      closeSync(handle.readUInt32BE())
      sftp.status(id, status.OK)
    }),
  )
  sftp.on('STAT', (id, name) => attempt(id, () => sftp.attrs(id, toAttributes(statSync(toPath(name))))))
  sftp.on('RENAME', (id, from, to) =>
    attempt(id, () => {
      if (dropAt === 'RENAME') return client.end()
      if (existsSync(toPath(to))) return sftp.status(id, status.FAILURE)
      renameSync(toPath(from), toPath(to))
      sftp.status(id, status.OK)
    }),
  )
}
