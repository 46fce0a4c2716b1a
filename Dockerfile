# miniguard in a container: docker run --rm -v "$PWD:/program" miniguard
# The executable is static; git is there for --changed, --staged and --since.
FROM rust:1-alpine AS build
RUN apk add --no-cache gcc make musl-dev
WORKDIR /source
COPY . .
RUN cargo build --release --locked

FROM alpine:3
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /source/target/release/miniguard /usr/local/bin/miniguard
COPY LICENSE LICENSE-MIT LICENSE-APACHE /usr/share/licenses/miniguard/
WORKDIR /program
ENTRYPOINT ["miniguard"]
CMD ["check"]
