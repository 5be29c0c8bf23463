# Sourced by the images' build.sh: builds an OpenTelemetry collector with the collector's own builder.
# go_collector FOLDER VERSION OUTPUT MODULE [TAGS]: of what FOLDER's builder.yaml names, VERSION for its 0.x modules;
# MODULE, one of them, tells which number their stable modules have.
go_collector() {
  local folder=$1 version=$2 output=$3 module=$4 tags=${5-} gomod stable
  gomod=$(go mod download -json "$module@v$version" | sed -n 's/^\t"GoMod": "\(.*\)",/\1/p')
  stable=$(sed -n 's#^\tgo.opentelemetry.io/collector/confmap v\([0-9.]*\).*#\1#p' "$gomod")
  : "${stable:?no 1.x number found for collector $version}"
  sed "s/VERSION/$version/; s/STABLE/$stable/" "$folder/builder.yaml" >"$output/builder.yaml"
  (
    cd "$output" || exit
    go run -p 1 "go.opentelemetry.io/collector/cmd/builder@v$version" \
      --config builder.yaml --output-path src --skip-compilation
    cd src || exit
    CGO_ENABLED=0 go build -p 1 -trimpath -tags "$tags" -ldflags '-s -w' -o ../otelcol-contrib .
  )
}
