import { isIP, isIPv4 } from 'node:net'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import type { SmtpFailure } from '#shared/outbound/email/classify-smtp-failure.ts'
import { createDeadline } from '#shared/outbound/webhook/create-deadline.ts'
import type { ResolveHost } from '#shared/outbound/webhook/create-host-resolver.ts'

export type SmtpSessionOptions = {
  options: SMTPTransport['options']
  resolve: ResolveHost
  deadlineMs: number
  signal?: AbortSignal
}
type SmtpMessage = { envelope: SMTPConnection.Envelope; content: Buffer }

/** Shares of the deadline that connecting and the greeting may take, so that a message still has time. */
const setupShare = 0.6

/** `failure`: why nothing was sent. `rejected`: the recipients that the server refused, one by one. */
export type SmtpResult = { failure?: SmtpFailure; rejected: readonly { to: string; failure: SmtpFailure }[] }

/**
 * Connects, logs in, and sends a message if there is one. It ends within `deadlineMs`, whatever the server does. The host is resolved here, because nodemailer may do it in the threads that the
 * whole process shares.
 */
export async function runSmtpSession({
  options,
  resolve,
  deadlineMs,
  signal,
  message,
}: SmtpSessionOptions & { message?: SmtpMessage }): Promise<SmtpResult> {
  using deadline = createDeadline(deadlineMs, signal)
  const progress = { command: 'DNS', isSent: false }
  let connection: SMTPConnection | undefined
  try {
    const { host = 'localhost' } = options
    const addresses = isIP(host) ? [{ address: host }] : await Promise.race([resolve(host), deadline.expired])
    progress.command = 'CONN'
    const setupMs = deadlineMs * setupShare
    connection = new SMTPConnection({
      ...(isIP(host) === 0 && { servername: host }),
      ...options,
      host: (addresses.find(({ address }) => isIPv4(address)) ?? addresses[0])?.address ?? host,
      connectionTimeout: setupMs,
      greetingTimeout: setupMs,
      socketTimeout: deadlineMs,
    })
    const rejectedErrors = await Promise.race([runSteps(connection, options, progress, message), deadline.expired])
    return { rejected: listRejected(rejectedErrors) }
  } catch (error) {
    return { failure: toSmtpFailure(error, progress), rejected: listRejected(readErrorFields(error).rejectedErrors) }
  } finally {
    connection?.close()
  }
}

type RejectedErrors = readonly Error[] | undefined

function listRejected(errors: RejectedErrors = []): SmtpResult['rejected'] {
  return errors.map((error) => ({
    to: readErrorFields(error).recipient ?? '',
    failure: toSmtpFailure(error, { command: 'RCPT TO', isSent: false }),
  }))
}

type Progress = { command: string; isSent: boolean }

async function runSteps(
  connection: SMTPConnection,
  { auth }: SMTPTransport['options'],
  progress: Progress,
  message: SmtpMessage | undefined,
): Promise<RejectedErrors> {
  const { promise: failed, reject } = Promise.withResolvers<never>()
  failed.catch(() => {})
  connection.on('error', reject)
  connection.on('end', () => reject(new Error('The server closed the connection.')))
  const runStep = <Result = unknown>(step: (callback: (error?: Error | null, result?: Result) => void) => void) => {
    const { promise, resolve, reject: rejectStep } = Promise.withResolvers<Result | undefined>()
    step((error, result) => (error ? rejectStep(error) : resolve(result)))
    return Promise.race([promise, failed])
  }

  await runStep((callback) => connection.connect(callback))
  progress.command = 'AUTH'
  // A server that offers no login, such as one on this machine, needs none.
  if (auth && 'user' in auth && 'pass' in auth && connection.allowsAuth) {
    const { user = '', pass = '' } = auth
    await runStep((callback) => connection.login({ user, pass }, callback))
  }
  if (!message) {
    connection.quit()
    return undefined
  }
  progress.command = 'MAIL FROM'
  const content = Readable.from(readContent(message.content, progress), { objectMode: false })
  const sent = await runStep<SMTPConnection.SentMessageInfo>((callback) =>
    connection.send(message.envelope, content, callback),
  )
  connection.quit()
  return sent?.rejectedErrors
}

/** It is read once the server has taken the envelope, and has ended once the last part was sent. */
function* readContent(content: Buffer, progress: Progress): Generator<Buffer> {
  progress.command = 'DATA'
  yield content
  progress.isSent = true
}

/** An answer of the server says what failed. Otherwise it is the step that was under way. */
function toSmtpFailure(error: unknown, { command, isSent }: Progress): SmtpFailure {
  const { code, originalCode, responseCode, response, command: failedCommand } = readErrorFields(error)
  if (responseCode !== undefined && failedCommand !== undefined)
    return { command: failedCommand, responseCode, ...(response !== undefined && { response }), isSent: false }
  return { command, code: originalCode ?? code ?? 'ETIMEDOUT', isSent }
}

type SmtpErrorFields = SMTPConnection.SMTPError & {
  originalCode?: string
  recipient?: string
  rejectedErrors?: readonly Error[]
}

function readErrorFields(error: unknown): Partial<SmtpErrorFields> {
  // nodemailer's errors have these fields, and the deadline's has none of them.
  return error instanceof Error && error.name !== 'AbortError' ? (error as SmtpErrorFields) : {}
}
