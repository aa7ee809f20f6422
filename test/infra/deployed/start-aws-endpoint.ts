import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { startCountingServer } from '#test/shared/outbound/webhook/start-school-server.ts'

type Setup = { dynamodb: string; secrets: { [arn: string]: string } }
type AwsResponse = { status: number; body: string }

/** One address that speaks as AWS does, as far as the Lambdas ask: tables are DynamoDB Local's, queue and mailbox are kept. */
export async function startAwsEndpoint({ dynamodb, secrets }: Setup) {
  const queued: string[] = []
  const mails: string[] = []
  const unknownTargets: string[] = []
  const actions: { [target: string]: (body: unknown) => object } = {
    'secretsmanager.GetSecretValue': (body) => {
      const { SecretId: ARN } = z.object({ SecretId: z.string() }).parse(body)
      return { ARN, Name: ARN, SecretString: secrets[ARN] }
    },
    'AmazonSQS.SendMessageBatch': (body) => {
      const { Entries } = batch.parse(body)
      queued.push(...Entries.map(({ MessageBody }) => MessageBody))
      const Successful = Entries.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: Id,
        MD5OfMessageBody: md5(MessageBody),
      }))
      return { Successful, Failed: [] }
    },
    'AmazonSQS.GetQueueAttributes': () => ({ Attributes: { ApproximateNumberOfMessages: '0' } }),
    'POST /v2/email/outbound-emails': (body) => {
      mails.push(JSON.stringify(body))
      return { MessageId: `mail-${mails.length}` }
    },
  }

  async function respond(target: string, headers: { [name: string]: string }, body: string): Promise<AwsResponse> {
    if (target.startsWith('DynamoDB_')) {
      const response = await fetch(dynamodb, { method: 'POST', headers, body })
      return { status: response.status, body: await response.text() }
    }
    const runAction = actions[target]
    if (runAction) return { status: 200, body: JSON.stringify(runAction(JSON.parse(body))) }
    unknownTargets.push(target)
    return { status: 400, body: JSON.stringify({ __type: 'UnknownOperationException' }) }
  }

  const server = createServer(async (request, response) => {
    const { 'x-amz-target': action, authorization = '' } = request.headers
    const target = typeof action === 'string' ? action : `${request.method} ${request.url}`
    const headers = { 'x-amz-target': target, authorization, 'content-type': 'application/x-amz-json-1.0' }
    const { status, body } = await respond(target, headers, await text(request))
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
  })
  const { port, [Symbol.asyncDispose]: close } = await startCountingServer(server)
  return { url: `http://127.0.0.1:${port}`, queued, mails, unknown: unknownTargets, close }
}

const batch = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) })

function md5(body: string): string {
  return createHash('md5').update(body).digest('hex')
}
