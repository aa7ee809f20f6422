import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { listExamples, openapi } from './list-examples.ts'

const { status } = spawnSync('python3', ['-c', 'from jsonschema import Draft202012Validator'])
const missing = status === 0 ? '' : 'no python3 with jsonschema'

describeUnless(missing, 'openapi.json in Python', () => {
  it('has patterns that Python reads, and no example that jsonschema refuses', () => {
    expect(validate(listExamples())).toEqual({ faults: [], errors: '' })
  })

  it('detects: an example that does not fit, and a pattern of JavaScript only', () => {
    const zip = { schema: { $ref: '#/components/schemas/Zip' }, value: '787' }
    expect(validate([{ operationId: 'x', part: 'body', name: '', mediaType: '', ...zip }]).faults).toHaveLength(1)
    expect(validate([], ['^\\p{L}+$']).errors).toContain('bad escape')
  })
})

function validate(examples: ReturnType<typeof listExamples>, patterns = listPatterns(openapi)) {
  const input = JSON.stringify({
    components: openapi.components,
    patterns,
    examples: examples.map(({ operationId, part, name, schema, value }) => ({
      at: `${operationId} ${part} ${name}`,
      schema,
      value,
    })),
  })
  const { stdout, stderr } = spawnSync('python3', [join(import.meta.dirname, 'validate_examples.py')], { input })
  return { faults: String(stdout).split('\n').filter(Boolean), errors: String(stderr) }
}

function listPatterns(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'pattern' in value && typeof value.pattern === 'string' ? [value.pattern] : []
  return [...own, ...Object.values(value).flatMap(listPatterns)]
}
