import { describe, expect, it } from 'vitest'
import { callJson, callQuery, createAwsClient, readXmlTag } from '#cli/aws/create-aws-client.ts'
import { readStack } from '#cli/aws/read-stack.ts'

const environment = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
/** A client whose requests are recorded and answered in turn. */
function createRecordingClient(responses: Response[], variables: { [name: string]: string } = {}) {
  const requests: { url: string; headers: Headers; body: string }[] = []
  const call = createAwsClient({
    environment: variables,
    fetch: async (url, init) => {
      requests.push({ url: String(url), headers: new Headers(init?.headers), body: String(init?.body ?? '') })
      return responses.shift() ?? new Response('', { status: 500 })
    },
  })
  return { call, requests }
}
const sts = { service: 'sts', region: 'eu-west-1', version: '2011-06-15' } as const

describe('calls of AWS', () => {
  Object.assign(process.env, environment)

  it('are signed for service and region, and go to the endpoint of AWS', async () => {
    const { call, requests } = createRecordingClient([new Response('<Account>1</Account>')])
    await callQuery(call, sts, { Action: 'GetCallerIdentity' })
    expect(requests[0]?.url).toBe('https://sts.eu-west-1.amazonaws.com/')
    expect(requests[0]?.body).toBe('Version=2011-06-15&Action=GetCallerIdentity')
    expect(requests[0]?.headers.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/eu-west-1\/sts\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[\da-f]{64}$/,
    )
  })

  it('go to AWS_ENDPOINT_URL, or to that of their service', async () => {
    const variables = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1/', AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:2/' }
    const { call, requests } = createRecordingClient([new Response('<a/>'), new Response('{"a":1}')], variables)
    await callQuery(call, sts, {})
    const target = { service: 'ssm', region: 'eu-west-1', target: 'AmazonSSM.GetParameter' } as const
    expect(await callJson(call, target, {})).toEqual({ a: 1 })
    expect(requests.map(({ url }) => url)).toEqual(['http://127.0.0.1:1/', 'http://127.0.0.1:2/'])
  })

  it('tell errors by their code', async () => {
    const xml =
      '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>It&apos;s old</Message></Error></ErrorResponse>'
    const json = '{"__type":"com.amazonaws.ssm#ParameterNotFound","message":"No"}'
    const { call } = createRecordingClient([new Response(xml, { status: 403 }), new Response(json, { status: 400 })])
    await expect(callQuery(call, sts, {})).rejects.toMatchObject({
      code: 'ExpiredToken',
      message: "ExpiredToken: It's old",
    })
    const target = { service: 'ssm', region: 'eu-west-1', target: 'AmazonSSM.GetParameter' } as const
    await expect(callJson(call, target, {})).rejects.toMatchObject({ code: 'ParameterNotFound' })
  })
})

describe('reading a stack', () => {
  const name = { name: 'prospectus-dev-storage', region: 'eu-west-1' }
  const status = (text: string) => new Response(`<StackStatus>${text}</StackStatus>`)

  it('returns its status and template', async () => {
    const template = '{"Resources":{"A":{"Type":"AWS::SQS::Queue","Properties":{"Name":"a < b & c"}}}}'
    const body = template.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
    const { call } = createRecordingClient([
      status('UPDATE_COMPLETE'),
      new Response(`<TemplateBody>${body}</TemplateBody>`),
    ])
    expect(await readStack(call, name)).toMatchObject({
      status: 'UPDATE_COMPLETE',
      template: { Resources: { A: { Properties: { Name: 'a < b & c' } } } },
    })
  })

  it('takes a stack that does not exist, or that a failed first deployment left empty, for none', async () => {
    const missing = '<Error><Code>ValidationError</Code><Message>Stack with id x does not exist</Message></Error>'
    const { call } = createRecordingClient([new Response(missing, { status: 400 }), status('ROLLBACK_COMPLETE')])
    expect(await readStack(call, name)).toBeUndefined()
    expect(await readStack(call, name)).toBeUndefined()
  })

  it('passes on that rights are missing', async () => {
    const denied = '<Error><Code>AccessDenied</Code><Message>not authorized</Message></Error>'
    const { call } = createRecordingClient([new Response(denied, { status: 403 })])
    await expect(readStack(call, name)).rejects.toMatchObject({ code: 'AccessDenied' })
  })
})

it('reads numeric and named entities of XML', () => {
  expect(readXmlTag('<a>&#65;&#x42;&quot;&unknown;</a>', 'a')).toBe('AB"&unknown;')
})
