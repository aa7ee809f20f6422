# The project's tests parse this file, and cannot build it: the machines that they run on have no container engine.
# docs/one-machine.md says how to run the image.

FROM node:24-bookworm-slim AS build
WORKDIR /opt/prospectus
COPY . .
# Builds the web files into dist, unless they are there, as in a release.
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim AS packages
WORKDIR /opt/prospectus
COPY package.json package-lock.json ./
COPY test/programs/package.json test/programs/package.json
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /opt/prospectus
COPY --from=packages /opt/prospectus/node_modules node_modules
COPY --from=build /opt/prospectus/dist dist
COPY package.json openapi.json ./
COPY cli cli
COPY functions functions
COPY infra infra
COPY local local
COPY shared shared
COPY web web
# The volume is made with the owner of this folder. All other files stay with root, and the host changes none of them.
RUN mkdir --mode=0700 /data && chown 1000:1000 /data
# In a container only the published port leads here.
ENV NODE_ENV=production DATA_DIR=/data PORT=3000 LISTEN_ADDRESS=0.0.0.0
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "local/check-health.mjs"]
# Node itself is the process, so that it gets SIGTERM.
CMD ["node", "local/start.mjs", "--serve"]
