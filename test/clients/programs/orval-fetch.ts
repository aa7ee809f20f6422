const connection = { api: '' }

export function connect(api: string): void {
  connection.api = api
}

/** The generated functions know only paths. */
export async function apiFetch<Result>(path: string, options: RequestInit): Promise<Result> {
  const response = await fetch(`${connection.api}${path}`, options)
  const result = { status: response.status, data: JSON.parse(await response.text()), headers: response.headers }
  return result as Result
}
