import { expect, it } from 'vitest'
import * as z from 'zod'
import type { DeploymentStage } from '#infra/stage.ts'
import { problem, problems } from '#shared/contract/problems.ts'
import { firewallWindowSeconds, rateLimits } from '#shared/platform/rate-limits.ts'
import type { TemplateReader } from '../synthesize.ts'

/** What a client sends to the edge from one address, so many times a minute. */
type Traffic = { method: string; path: string; headers?: { [name: string]: string }; perMinute: number }

const lead = { method: 'POST', path: '/v1/leads' }
const match = { method: 'POST', path: '/v1/matches' }
const preflight = { method: 'OPTIONS', path: '/v1/leads' }
const secretKey = { authorization: 'Bearer sk_1' }

/** What must hold of the firewall: it answers as the API does, and cuts off no client that keeps to the limits of the API. */
export function firewallClaims(edge: () => TemplateReader, stage: DeploymentStage): void {
  const rules = () => z.array(rule).parse(edge().of('WAFv2::WebACL')[0]?.Rules)
  const rateRules = () =>
    rules().flatMap(({ Statement, ...rest }) => rateRule.safeParse({ Statement, ...rest }).data ?? [])
  /** The rules whose count of this traffic passes their limit within their window. */
  const listBlockingRules = (traffic: readonly Traffic[]) =>
    rateRules().filter(({ Statement: { RateBasedStatement: rate } }) => {
      const perMinute = traffic
        .filter((request) => rate.ScopeDownStatement === undefined || matches(rate.ScopeDownStatement, request))
        .reduce((total, { perMinute }) => total + perMinute, 0)
      return (perMinute * rate.EvaluationWindowSec) / 60 > rate.Limit
    })
  const { perAddress, perKey } = rateLimits[stage.isProtected ? 'prod' : 'dev']

  it.each<[client: string, traffic: Traffic[]]>([
    [
      'an address of visitors at its limit of matches and leads, with a preflight for each',
      [
        { ...match, perMinute: perAddress / 2 },
        { ...lead, perMinute: perAddress / 2 },
        { ...preflight, perMinute: perAddress },
        { method: 'GET', path: '/widget.js', perMinute: perAddress },
      ],
    ],
    ["a publisher's server at the limit of its key", [{ ...lead, headers: secretKey, perMinute: perKey }]],
    ['a host of five publishers', [{ ...lead, headers: secretKey, perMinute: 5 * perKey }]],
    [
      'a site that renders 100 pages a second on its server',
      [{ method: 'GET', path: '/v1/careers/nurse', perMinute: 6000 }],
    ],
    [
      'an import of 1,016 occupations, read and written at the limit of a staff key',
      [
        {
          method: 'PUT',
          path: '/v1/ops/careers/nurse',
          headers: { authorization: 'Bearer ok_1' },
          perMinute: perKey / 2,
        },
        {
          method: 'GET',
          path: '/v1/ops/careers/nurse',
          headers: { authorization: 'Bearer ok_1' },
          perMinute: perKey / 2,
        },
      ],
    ],
    [
      'a landing page that renders pages and sends leads with its secret key',
      [
        { method: 'GET', path: '/v1/careers/nurse', perMinute: 5000 },
        { ...match, headers: secretKey, perMinute: perKey / 2 },
        { ...lead, headers: secretKey, perMinute: perKey / 2 },
      ],
    ],
  ])('never cuts off %s', (_, traffic) => {
    expect(listBlockingRules(traffic)).toEqual([])
  })

  it.each<[client: string, traffic: Traffic[], blocked: string[]]>([
    ['a flood of leads from one address', [{ ...lead, perMinute: 500 }], ['Rate']],
    ['a flood of reads', [{ method: 'GET', path: '/v1/careers', perMinute: 20_000 }], ['Flood']],
    ['a flood with an invented key', [{ ...lead, headers: secretKey, perMinute: 20_000 }], ['Flood']],
  ])('blocks %s', (_, traffic, blocked) => {
    expect(listBlockingRules(traffic).map(({ Name }) => Name)).toEqual(blocked)
  })

  it('counts each address, with the limits of the table, and Rate is the stricter', () => {
    const { any, anonymous } = stage.firewallLimits
    expect(rateRules().map(({ Name, Statement }) => [Name, Statement.RateBasedStatement.Limit])).toEqual([
      ['Flood', any],
      ['Rate', anonymous],
    ])
  })

  it('answers every block with a problem, CORS, and Retry-After if it is a limit', () => {
    const bodies = z
      .record(z.string(), z.object({ ContentType: z.literal('APPLICATION_JSON'), Content: z.string() }))
      .parse(edge().of('WAFv2::WebACL')[0]?.CustomResponseBodies)
    const blocks = rules().flatMap(({ Action, Statement }) => [
      ...(Action ? [Action.Block] : []),
      ...(Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []).flatMap(
        ({ ActionToUse }) => ActionToUse.Block ?? [],
      ),
    ])
    expect(blocks.length).toBeGreaterThan(30)
    for (const { CustomResponse } of blocks) {
      const body = problem.parse(JSON.parse(bodies[CustomResponse.CustomResponseBodyKey]?.Content ?? ''))
      expect(problems).toHaveProperty(body.code, { status: CustomResponse.ResponseCode, title: body.title })
      expect(body.status).toBe(CustomResponse.ResponseCode)
      const headers = Object.fromEntries(CustomResponse.ResponseHeaders.map(({ Name, Value }) => [Name, Value]))
      expect(headers).toMatchObject({ 'access-control-allow-origin': '*' })
      expect(headers['access-control-expose-headers']).toContain('retry-after')
      expect(headers['retry-after']).toBe(body.status === 429 ? String(firewallWindowSeconds) : undefined)
      // AWS refuses a custom response with this header.
      expect(headers).not.toHaveProperty('content-type')
    }
  })
}

const textMatch = z.object({
  FieldToMatch: z.object({ Method: z.unknown().optional(), UriPath: z.unknown().optional() }),
  PositionalConstraint: z.enum(['EXACTLY', 'STARTS_WITH']),
  SearchString: z.string(),
})
const headerSize = z.object({
  FieldToMatch: z.object({ SingleHeader: z.object({ Name: z.string() }) }),
  ComparisonOperator: z.literal('GT'),
  Size: z.int(),
})
const statement = z.strictObject({
  get AndStatement() {
    return z.object({ Statements: z.array(statement) }).optional()
  },
  get NotStatement() {
    return z.object({ Statement: statement }).optional()
  },
  ByteMatchStatement: textMatch.optional(),
  SizeConstraintStatement: headerSize.optional(),
})
type RequestStatement = z.output<typeof statement>

/** Whether AWS WAF would match a statement of the forms that the firewall uses. Another form does not parse. */
function matches(one: RequestStatement, request: Traffic): boolean {
  const { AndStatement, NotStatement, ByteMatchStatement, SizeConstraintStatement } = one
  if (AndStatement) return AndStatement.Statements.every((inner) => matches(inner, request))
  if (NotStatement) return !matches(NotStatement.Statement, request)
  if (ByteMatchStatement) {
    const { FieldToMatch, PositionalConstraint, SearchString } = ByteMatchStatement
    const value = FieldToMatch.Method === undefined ? request.path : request.method
    return PositionalConstraint === 'EXACTLY' ? value === SearchString : value.startsWith(SearchString)
  }
  const { FieldToMatch, Size } = headerSize.parse(SizeConstraintStatement)
  // A constraint on a header that is absent does not match.
  return (request.headers?.[FieldToMatch.SingleHeader.Name]?.length ?? 0) > Size
}

const block = z.object({
  CustomResponse: z.object({
    ResponseCode: z.int(),
    CustomResponseBodyKey: z.string(),
    ResponseHeaders: z.array(z.object({ Name: z.string(), Value: z.string() })),
  }),
})
const ruleOverride = z.object({ Name: z.string(), ActionToUse: z.object({ Block: block.optional() }) })
const rule = z.looseObject({
  Name: z.string(),
  Action: z.object({ Block: block }).optional(),
  Statement: z.looseObject({
    ManagedRuleGroupStatement: z.looseObject({ RuleActionOverrides: z.array(ruleOverride).optional() }).optional(),
  }),
})
const rateRule = z.looseObject({
  Name: z.string(),
  Statement: z.object({
    RateBasedStatement: z.object({
      AggregateKeyType: z.literal('IP'),
      Limit: z.int(),
      EvaluationWindowSec: z.int(),
      ScopeDownStatement: statement.optional(),
    }),
  }),
})
