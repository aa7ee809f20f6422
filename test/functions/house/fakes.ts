import type { Mail, Message } from '#shared/outbound/email/mail.ts'
import type { DeliveryPointer, DeliveryQueue } from '#shared/outbound/queue.ts'
import type { Answer, Post, Request } from '#shared/outbound/webhook/webhook.ts'

/** A queue that keeps what it was sent, and hears nothing while `deaf`. */
export function fakeQueue() {
  const state: { pointers: DeliveryPointer[]; deaf: boolean; depth?: number } = { pointers: [], deaf: false }
  const queue: DeliveryQueue = {
    depth: async () => state.depth ?? state.pointers.length,
    async send(pointers) {
      if (state.deaf) throw new Error('The queue is out of reach.')
      state.pointers.push(...pointers)
    },
  }
  return { state, queue }
}

/** A school that keeps what was posted to it and answers 200, or what it is told to. */
export function fakePost() {
  const state: { requests: Request[]; answer: (request: Request) => Answer | Promise<Answer> } = {
    requests: [],
    answer: () => answered(200),
  }
  const post: Post = async (request) => {
    state.requests.push(request)
    return state.answer(request)
  }
  return { state, post }
}

export function answered(status: number, excerpt = '', headers: { [name: string]: string } = {}): Answer {
  return { stage: 'answered', status, headers, body: excerpt, excerpt, ms: 5 }
}

/** A mailbox that takes everything, or throws what it is told to. */
export function fakeMail() {
  const state: { messages: Message[]; fault: Error | undefined } = { messages: [], fault: undefined }
  const mail: Mail = async (message) => {
    if (state.fault) throw state.fault
    state.messages.push(message)
    return { messageId: `message-${state.messages.length}` }
  }
  return { state, mail }
}
