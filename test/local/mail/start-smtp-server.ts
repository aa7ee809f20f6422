import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** What a mail server answers to a command; `silence`: nothing; `hang up`: it closes the connection. */
type SmtpReply = string | 'silence' | 'hang up'
type SmtpStep = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'content'
export type SmtpReplies = { [step in SmtpStep]?: SmtpReply }

const usualReplies: { [step in SmtpStep]: string } = {
  greeting: '220 mail.example ESMTP',
  EHLO: '250 mail.example',
  AUTH: '235 2.7.0 accepted',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  content: '250 2.0.0 queued',
}

/** A mail server on loopback. `messages` are those that it received to their end, also if it then refused them. */
export async function startSmtpServer(replies: SmtpReplies = {}, replyByMailbox: { [mailbox: string]: string } = {}) {
  const messages: string[] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    const answer = (step: SmtpStep) => {
      const reply = replies[step] ?? usualReplies[step]
      if (reply === 'hang up') return socket.destroy()
      return reply !== 'silence' && socket.write(`${reply}\r\n`)
    }
    let contentLines: string[] | undefined
    createInterface(socket).on('line', (line) => {
      if (contentLines) {
        if (line !== '.') return contentLines.push(line)
        messages.push(contentLines.join('\n'))
        contentLines = undefined
        return answer('content')
      }
      commands.push(line)
      const ownReply = replyByMailbox[/^RCPT TO:<(.*)>/i.exec(line)?.[1] ?? '']
      if (ownReply !== undefined) return socket.write(`${ownReply}\r\n`)
      const step = steps.find((one) => line.toUpperCase().startsWith(one))
      if (step === 'DATA' && (replies.DATA ?? '354').startsWith('354')) contentLines = []
      return step ? answer(step) : socket.write('221 bye\r\n')
    })
    answer('greeting')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    messages,
    commands,
    replies,
    url: `smtp://mail.localhost:${port}`,
    [Symbol.dispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

const steps = ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'] as const
