import type { MachineSettings } from './host-settings.ts'

type ProxyParts = Pick<MachineSettings, 'publicUrl' | 'port'>

/** Caddy gets the certificate by itself, and sets X-Forwarded-For to the visitor's address. */
export function renderCaddyfile({ publicUrl, port }: ProxyParts): string {
  return `${new URL(publicUrl).host} {
	reverse_proxy 127.0.0.1:${port}
}
`
}

/** Folder in which certbot puts its answers to challenges (`--webroot`); the default site of Debian's nginx serves it too. */
export const challengeFolder = '/var/www/html'

export function renderNginxSite({ publicUrl, port }: ProxyParts): string {
  const { hostname, port: publicPort } = new URL(publicUrl)
  return `server {
  listen 80;
  listen [::]:80;
  server_name ${hostname};
  location /.well-known/acme-challenge/ {
    root ${challengeFolder};
  }
  location / {
    return 308 ${publicUrl}$request_uri;
  }
}

server {
  listen ${publicPort || 443} ssl http2;
  listen [::]:${publicPort || 443} ssl http2;
  server_name ${hostname};
  ssl_certificate /etc/letsencrypt/live/${hostname}/fullchain.pem;
  ssl_certificate_key /etc/letsencrypt/live/${hostname}/privkey.pem;
  # The host refuses what is too large for an operation, and says so as problem+json.
  client_max_body_size 16m;

  location / {
    proxy_pass http://127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
  }
}
`
}
