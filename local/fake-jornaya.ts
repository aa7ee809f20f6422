/** Jornaya without Verisk, for sample data and tests, after the documents of its Authentication API: a token of zeros is not theirs. */
export const fakeJornaya: typeof fetch = async (url) => {
  const token = new URL(String(url)).searchParams.get('id') ?? ''
  return Response.json({ authenticate: { authentic: token.startsWith('00000000') ? 0 : 1, token } })
}
