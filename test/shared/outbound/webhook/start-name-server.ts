import { createSocket, type RemoteInfo } from 'node:dgram'

/** `alias`: another name, whose addresses are those that follow. */
type Answer = { alias?: string; A?: string[]; AAAA?: string[] } | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'silence'
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
const typeNumbers = { A: 1, CNAME: 5, AAAA: 28 }
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
  const { alias, [type]: addresses = [] } = typeof content === 'string' ? {} : content
  const records = [
    ...(alias === undefined ? [] : [buildRecord('CNAME', encodeName(alias), encodeName(name))]),
    ...addresses.map((one) => buildRecord(type, encodeAddress(type, one), encodeName(alias ?? name))),
  ]
  // The header and the question are repeated; additional records of the query are not.
  const head = Buffer.from(query.subarray(0, headerBytes + name.length + 2 + 4))
  head.writeUInt16BE(0x81_80 | (typeof content === 'string' ? responseCodes[content] : 0), 2)
  head.writeUInt16BE(records.length, 6)
  head.writeUInt16BE(0, 10)
  return Buffer.concat([head, ...records])
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.from([0])])
}

function encodeAddress(type: Question['type'], address: string): Buffer {
  return Buffer.from(
    type === 'A'
      ? address.split('.').map(Number)
      : address.split(':').flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  )
}

function buildRecord(type: keyof typeof typeNumbers, content: Buffer, owner: Buffer): Buffer {
  const fields = Buffer.alloc(10)
  fields.writeUInt16BE(typeNumbers[type], 0)
  fields.writeUInt16BE(1, 2)
  fields.writeUInt32BE(60, 4)
  fields.writeUInt16BE(content.length, 8)
  return Buffer.concat([owner, fields, content])
}
