FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Not `npm ci`, for the reason that scripts/install.mjs gives.
RUN npm install --no-save --omit=dev --no-audit --no-fund && npm cache clean --force
# The font's package brings every format there is; the pages serve the variable one, cut into parts, and pictures are lettered in two weights.
RUN cd node_modules/pretendard && rm -rf docs dist/public/variable dist/public/static/alternative dist/web/static \
  && find dist/public/static -name '*.otf' ! -name Pretendard-Regular.otf ! -name Pretendard-Bold.otf -delete \
  && find dist/web/variable -mindepth 1 -maxdepth 1 ! -name '*dynamic-subset*' -exec rm -rf {} +

FROM node:24-slim
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
RUN install -d -o node -g node -m 700 /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY migrations migrations
COPY scripts/migrate.ts scripts/
COPY src src
COPY bots bots
COPY dashboard dashboard
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# An init, since the embedded database leaves children to it.
ENTRYPOINT ["tini", "--"]
CMD ["node", "src/main.ts"]
