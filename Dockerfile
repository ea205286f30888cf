# Two stages: production dependencies, then the sources beside them. There is no build step.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No production dependency needs an install script. Of the fonts only the weights that are drawn with are
# kept (src/pictures/fonts.ts): a tenth of the packages.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force \
  && find node_modules/@fontsource -path '*/files/*' ! -name '*-600-normal.woff2' ! -name '*-emoji-400-normal.woff2' -delete

FROM node:24-slim
WORKDIR /app
# HOST is open for the orchestrator's probes; only /healthz, /readyz, /metrics and Slack over HTTP answer there.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
RUN mkdir /data && chown node:node /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY commands ./commands
COPY migrations ./migrations
COPY content ./content
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
