import type { AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { buildFileName, buildTemporaryName, type FileContent } from '#shared/domain/delivery/files/delivery-file.ts'
import type { SftpEndpoint } from '#shared/domain/delivery/files/file-endpoint.ts'
import { SftpFault, type SftpSession, type SftpTarget } from '#shared/outbound/sftp/sftp.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { LeasedFile } from '#shared/store/delivery/file-store.ts'
import { sftpSecretNames } from '#shared/store/delivery/header-secret-store.ts'
import { requireLease } from './require-lease.ts'

export type SendBySftpDependencies = Pick<Dependencies, 'connectSftp' | 'files' | 'headerSecrets' | 'sealer'>
type PreparedFile = { lease: LeasedFile; content: FileContent; csv: string }

/**
 * Writes a file under a temporary name, writes down what it contains, and renames it. The rename is what the school sees, and
 * it happens once: if an earlier run died around it, the temporary file shows whether it has happened at this server.
 */
export async function sendBySftp(
  file: PreparedFile,
  endpoint: SftpEndpoint,
  campaignId: string,
  deps: SendBySftpDependencies,
): Promise<{ content: FileContent; result: AttemptResult }> {
  const { lease } = file
  const content = { ...file.content, target: formatTarget(endpoint) }
  const target = await openSecrets(endpoint, campaignId, deps)
  let session: SftpSession | undefined
  try {
    session = await deps.connectSftp(target)
    const temporaryName = buildTemporaryName(lease.fileId)
    const staged = lease.state === 'staged' && lease.content?.target === content.target ? lease.content : undefined
    if (staged && !(await session.exists(temporaryName))) {
      await requireLease(deps.files.markSent(lease))
      return { content: staged, result: { kind: 'sftp', stage: 'sent' } }
    }
    await session.writeFile(temporaryName, file.csv)
    await requireLease(deps.files.stage(lease, content))
    await session.rename(temporaryName, buildFileName(lease.fileId))
    await requireLease(deps.files.markSent(lease))
    return { content, result: { kind: 'sftp', stage: 'sent' } }
  } catch (error) {
    if (!(error instanceof SftpFault)) throw error
    return { content, result: { kind: 'sftp', stage: error.stage, reason: error.reason } }
  } finally {
    session?.close()
  }
}

function formatTarget({ host, port, username, folder }: SftpEndpoint): string {
  return `sftp://${username}@${host}:${port}/${folder}`
}

async function openSecrets(
  { host, port, username, folder, hostKeys }: SftpEndpoint,
  campaignId: string,
  { headerSecrets, sealer }: SendBySftpDependencies,
): Promise<SftpTarget> {
  const sealed = await headerSecrets.getSealed(campaignId)
  const open = (name: string) => {
    const { [name]: secret } = sealed
    return secret === undefined ? undefined : sealer.open(campaignId, secret)
  }
  const { password, privateKey } = sftpSecretNames
  return { host, port, username, folder, hostKeys, password: open(password), privateKey: open(privateKey) }
}
