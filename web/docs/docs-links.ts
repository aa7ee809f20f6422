/** The address of each part of the API pages. Problems and keys are on the first page: the `type` of a problem points there. */
export const docsLinks = {
  page: (section: string) => (section === overview ? '/docs' : `/docs/${section}`),
  operation: (section: string, operationId: string) => `/docs/${section}#${operationId}`,
  schema: (name: string) => `/docs/schemas#schema-${name}`,
  problem: (code: string) => `/docs#problem-${code}`,
  key: (scheme: string) => `/docs#key-${scheme}`,
}

export const overview = 'overview'
