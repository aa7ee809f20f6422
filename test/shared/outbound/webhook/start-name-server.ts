import { createSocket, type RemoteInfo } from 'node:dgram'

type Answer = { A?: string[]; AAAA?: string[] } | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'silence'
type Question = { name: string; type: 'A' | 'AAAA' }

/** A name server on loopback. `answer` says what it knows of a name; `silence` is what a dead server says. */
export async function startNameServer(answer: (question: Question) => Answer | Promise<Answer>) {
  const socket = createSocket('udp4')
  const questions: Question[] = []
  socket.on('message', async (query: Buffer, from: RemoteInfo) => {
    const question = parseQuestion(query)
    questions.push(question)
    const content = await answer(question)
    if (content !== 'silence') socket.send(buildResponse(query, question, content), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    servers: [`127.0.0.1:${socket.address().port}`],
    questions,
    [Symbol.dispose]() {
      socket.close()
    },
  }
}

const headerBytes = 12
const typeNumbers = { A: 1, AAAA: 28 }
const responseCodes = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }

function parseQuestion(query: Buffer): Question {
  const labels: string[] = []
  let at = headerBytes
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1) === typeNumbers.AAAA ? 'AAAA' : 'A' }
}

function buildResponse(query: Buffer, { name, type }: Question, content: Exclude<Answer, 'silence'>): Buffer {
  const records = typeof content === 'string' ? [] : (content[type] ?? []).map((one) => buildRecord(type, one))
  // The header and the question are repeated; additional records of the query are not.
  const head = Buffer.from(query.subarray(0, headerBytes + name.length + 2 + 4))
  head.writeUInt16BE(0x81_80 | (typeof content === 'string' ? responseCodes[content] : 0), 2)
  head.writeUInt16BE(records.length, 6)
  head.writeUInt16BE(0, 10)
  return Buffer.concat([head, ...records])
}

function buildRecord(type: Question['type'], address: string): Buffer {
  const bytes =
    type === 'A'
      ? address.split('.').map(Number)
      : address.split(':').flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
  const record = Buffer.alloc(12)
  record.writeUInt16BE(0xc0_0c, 0) // the name of the question
  record.writeUInt16BE(typeNumbers[type], 2)
  record.writeUInt16BE(1, 4)
  record.writeUInt32BE(60, 6)
  record.writeUInt16BE(bytes.length, 10)
  return Buffer.concat([record, Buffer.from(bytes)])
}
