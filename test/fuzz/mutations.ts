import * as fc from 'fast-check'

/** A raw HTTP request. */
export type Wire = { target: string; headers: { [name: string]: string }; text?: string }

/** A text that no error response may contain. */
export const canary = 'canary-7f3a9'

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, '', [], {}, -1, 0, 1e308, 2 ** 53, true, canary, `${canary}\u0000`, `\u202e${canary}`),
  fc.constantFrom(
    'a'.repeat(5000),
    '🎓'.repeat(50),
    '\ud800',
    '../../etc/passwd',
    "' OR 1=1 --",
    '{{7*7}}',
    '<script>',
  ),
  fc.constantFrom({ __proto__: null, constructor: { prototype: {} } }, nested(9), nested(500)),
  fc.jsonValue({ maxDepth: 3 }),
)

/** A value with one mistake. */
export function mutateValue(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value) && value.length > 0)
    return fc.nat(value.length - 1).chain((at) =>
      fc.oneof(
        mutateValue(value[at]).map((inner) => value.with(at, inner)),
        fc.constant([...value, ...value]),
        strange,
      ),
    )
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return strange
  return fc.constantFrom(...Object.keys(value)).chain((name) => {
    const { [name]: inner, ...rest } = value as { [name: string]: unknown }
    return fc.oneof(
      { weight: 4, arbitrary: mutateValue(inner).map((other) => ({ ...rest, [name]: other })) },
      { weight: 2, arbitrary: strange.map((other) => ({ ...rest, [name]: other })) },
      fc.constant(rest),
      fc.constant({ ...value, unexpected: canary }),
      strange,
    )
  })
}

/** A request with one mistake in its form. */
export function mutateWire({ target, headers, text }: Wire): fc.Arbitrary<Wire> {
  const original = { target, headers, ...(text !== undefined && { text }) }
  const bodies = ['', '{', `{"${canary}":`, '[]', `"${canary}"`, 'null', '{"__proto__":{"a":1}}', `{"a":1}${canary}`]
  const types = ['text/plain', 'application/xml', '', `application/json; charset=${canary}`]
  return fc.oneof(
    ...(text === undefined
      ? []
      : [
          fc.constantFrom(...bodies, `{"a":"${'x'.repeat(20_000)}"}`).map((body) => ({ ...original, text: body })),
          fc.constantFrom(...types).map((type) => ({ ...original, headers: { ...headers, 'content-type': type } })),
        ]),
    fc.constantFrom(...Object.keys(headers), 'authorization').map((name) => ({
      ...original,
      headers: { ...headers, [name]: `${canary} ${'x'.repeat(50)}` },
    })),
    fc
      .constantFrom(`?unexpected=${canary}`, '?cursor=%00', '?page=-1', '?limit=1e9', '?since=never', '?day=2026-13-40')
      .map((query) => ({
        ...original,
        target: `${target.split('?')[0]}${query}`,
      })),
    fc.constantFrom(canary, '%00', '%2e%2e', 'a'.repeat(3000), '%F0%9F%8E%93', ' ').map((id) => ({
      ...original,
      target: target.replace(/[^/]+$/, id),
    })),
  )
}

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)
}
