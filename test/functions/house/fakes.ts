import type { EmailMessage, MailFault, RefusedRecipient, SendMail } from '#shared/outbound/email/mail.ts'
import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'
import type { ConnectSftp, SftpFault, SftpTarget } from '#shared/outbound/sftp/sftp.ts'
import type { PostWebhook, WebhookRequest, WebhookResponse } from '#shared/outbound/webhook/create-post-webhook.ts'

/** A queue that keeps what it was sent, and hears nothing while `deaf`. */
export function fakeQueue() {
  const state: { pointers: DeliveryPointer[]; isUnreachable: boolean; depth?: number } = {
    pointers: [],
    isUnreachable: false,
  }
  const queue: DeliveryQueue = {
    depth: async () => state.depth ?? state.pointers.length,
    async send(pointers) {
      if (state.isUnreachable) throw new Error('The queue is out of reach.')
      state.pointers.push(...pointers)
    },
  }
  return { state, queue }
}

/** A school that keeps what was posted to it and answers 200, or what it is told to. */
export function fakeWebhookEndpoint() {
  const state: {
    requests: WebhookRequest[]
    respond: (request: WebhookRequest) => WebhookResponse | Promise<WebhookResponse>
  } = {
    requests: [],
    respond: () => webhookResponse(200),
  }
  const post: PostWebhook = async (request) => {
    state.requests.push(request)
    return state.respond(request)
  }
  return { state, post }
}

export function webhookResponse(
  status: number,
  excerpt = '',
  headers: { [name: string]: string } = {},
): WebhookResponse {
  return { stage: 'answered', status, headers, body: excerpt, excerpt, ms: 5 }
}

/** A mailbox that takes everything, or throws or returns a fault. */
export function fakeMail() {
  const state: {
    messages: EmailMessage[]
    fault: Error | MailFault | undefined
    refused: RefusedRecipient[]
    whileSending: () => Promise<unknown>
  } = { messages: [], fault: undefined, refused: [], whileSending: async () => undefined }
  const mail: SendMail = async (message) => {
    if (state.fault instanceof Error) throw state.fault
    if (state.fault) return { fault: state.fault }
    await state.whileSending()
    state.messages.push(message)
    return {
      messageId: `message-${state.messages.length}`,
      ...(state.refused.length > 0 && { refused: state.refused }),
    }
  }
  return { state, mail }
}

/** A folder of a school. `before` runs before each step of a session, and may throw. */
export function fakeSftp() {
  const state: {
    files: Map<string, string>
    targets: SftpTarget[]
    fault: SftpFault | undefined
    before: (step: 'connect' | 'exists' | 'write' | 'rename', name: string) => unknown
  } = { files: new Map(), targets: [], fault: undefined, before: () => undefined }
  const connect: ConnectSftp = async (target) => {
    await state.before('connect', target.host)
    if (state.fault) throw state.fault
    state.targets.push(target)
    return {
      async writeFile(name, content) {
        await state.before('write', name)
        state.files.set(name, content)
      },
      async exists(name) {
        await state.before('exists', name)
        return state.files.has(name)
      },
      async rename(from, to) {
        await state.before('rename', from)
        const content = state.files.get(from) ?? ''
        state.files.delete(from)
        state.files.set(to, content)
      },
      close() {},
    }
  }
  return { state, connect }
}
