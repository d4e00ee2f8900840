# The connector as Airbyte runs it: Node, one bundled program, the notices of what is bundled, and nothing else of ours.
# `docker build .` builds it; `npm run image` names and tags it besides. No BuildKit syntax, so that the classic builder works too; no
# platform-specific file, so that the same lines build amd64 and arm64.
# The one place that names the base image: dependabot and `npm run acceptance` read this line.
FROM node:24-bookworm-slim AS base

FROM base AS build
WORKDIR /build
# Dependencies in a layer of their own: it is built again only when the lock file changes.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY . ./
RUN node scripts/build.mjs && node scripts/notices.mjs

FROM base
# What the base image has for developers: package managers, headers, manuals. Nothing here can install anything afterwards.
RUN rm -rf /usr/local/lib/node_modules /usr/local/include /usr/local/share/doc /usr/local/share/man /opt/yarn-v* /usr/local/bin/npm /usr/local/bin/npx \
  /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg /usr/local/bin/docker-entrypoint.sh
WORKDIR /airbyte/integration_code
COPY LICENSE metadata.yaml ./
COPY bin/source-kustomer bin/
COPY --from=build /build/dist/source-kustomer.js /build/dist/NOTICES.txt dist/
# Node's own default is a heap of at least 259 MB, whatever the container may use: in a small one it would be killed instead of
# collecting garbage. The rest of the limit is for buffers and code. Overridden with `docker run -e NODE_OPTIONS=…`.
ENV NODE_ENV=production NODE_OPTIONS=--max-old-space-size-percentage=60
# Airbyte starts the connector by this variable on Kubernetes, and by the entrypoint elsewhere.
ENV AIRBYTE_ENTRYPOINT=/airbyte/integration_code/bin/source-kustomer
ENTRYPOINT ["/airbyte/integration_code/bin/source-kustomer"]
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
# A label cannot be read from a file: test/release.test.ts holds name and version against metadata.yaml.
LABEL io.airbyte.name=source-kustomer io.airbyte.version=0.2.0
LABEL org.opencontainers.image.title=source-kustomer org.opencontainers.image.description="Airbyte source connector for Kustomer" \
  org.opencontainers.image.version=0.2.0 org.opencontainers.image.licenses=MIT
ARG GIT_REVISION=
LABEL org.opencontainers.image.revision=${GIT_REVISION}
