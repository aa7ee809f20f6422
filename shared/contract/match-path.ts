/** Returns the decoded parameters of a path; undefined if it does not match the template. */
export function matchPath(template: string, path: string): { [name: string]: string } | undefined {
  const [templateParts, pathParts] = [template.split('/'), path.split('/')]
  return templateParts.length === pathParts.length ? matchParts(templateParts, pathParts) : undefined
}

/** Returns the decoded parameters of a path; undefined if it does not match the template of equally many parts. */
export function matchParts(
  templateParts: readonly string[],
  pathParts: readonly string[],
): { [name: string]: string } | undefined {
  const parameters: { [name: string]: string } = {}
  for (const [index, part] of templateParts.entries()) {
    const value = pathParts[index] ?? ''
    if (!part.startsWith('{')) {
      if (part !== value) return undefined
      continue
    }
    const decoded = decode(value)
    if (!decoded) return undefined
    parameters[part.slice(1, -1)] = decoded
  }
  return parameters
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}
