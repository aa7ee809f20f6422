import { type CallAws, callQuery, readXmlTag } from './create-aws-client.ts'

/** Whose credentials these are. @throws if AWS does not accept them */
export async function readCallerIdentity(call: CallAws, region: string): Promise<{ account: string; arn: string }> {
  const xml = await callQuery(call, { service: 'sts', region, version: '2011-06-15' }, { Action: 'GetCallerIdentity' })
  return { account: readXmlTag(xml, 'Account') ?? '', arn: readXmlTag(xml, 'Arn') ?? '' }
}
