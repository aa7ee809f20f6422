/** A folder of a school's SFTP server. Only a server that shows one of `hostKeys` is trusted. */
export type SftpTarget = {
  host: string
  port: number
  username: string
  folder: string
  hostKeys: readonly string[]
  password?: string | undefined
  privateKey?: string | undefined
}

/** Names are of files in the folder of the target. Each call throws `SftpFault`. */
export type SftpSession = {
  /** Writes a file, or writes it again. It is complete on the server once this returns. */
  writeFile: (name: string, content: string) => Promise<void>
  exists: (name: string) => Promise<boolean>
  /** Renames a file in one step; a file of that name is replaced. */
  rename: (from: string, to: string) => Promise<void>
  close: () => void
}

/** For a whole session. A file of 2,000 leads has a few megabytes. */
export const sftpDeadlineMs = 120_000

/** Settles within a deadline that also ends the session. */
export type ConnectSftp = (target: SftpTarget) => Promise<SftpSession>

/** How far a session got, as the stages of an attempt: `tls` is the check of the server's key, `answered` what the server refused. */
type SftpStage = 'refused' | 'resolve' | 'connect' | 'tls' | 'answered' | 'deadline'

/** Why a file was not written. The reason consists of codes: it holds no secret and no text of the server. */
export class SftpFault extends Error {
  readonly stage: SftpStage
  readonly reason: string
  constructor(stage: SftpStage, reason: string) {
    super(reason)
    this.stage = stage
    this.reason = reason
  }
}
