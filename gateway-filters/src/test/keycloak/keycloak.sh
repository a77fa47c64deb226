#!/usr/bin/env bash
# A Keycloak on loopback for KeycloakIT: realm "lintel", public client "web" (password grant), users alice (realm role
# admin) and bob, whose passwords are their names.
#   keycloak.sh start DIR PORT    downloads (147 MB, from Maven Central, once) and unpacks it under DIR, starts it, sets the
#                                 realm up and prints the id of its process group
#   keycloak.sh rotate DIR PORT   makes a new active RS256 key
#   keycloak.sh stop PID          ends the process group
set -euo pipefail

version=26.0.5
action=$1

admin() {
    "$dir/keycloak-$version/bin/kcadm.sh" "$@" --config "$dir/kcadm" >>"$dir/setup.log" 2>&1
}

case $action in
start)
    dir=$2 port=$3
    zip=${MAVEN_REPOSITORY:-$HOME/.m2/repository}/org/keycloak/keycloak-quarkus-dist/$version/keycloak-quarkus-dist-$version.zip
    mkdir -p "$dir"
    # From a directory without a POM: the one around it may name modules that are not installed.
    [ -f "$zip" ] || (cd "$dir" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.11.0:get \
        -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" -Dtransitive=false >&2)
    : >"$dir/setup.log"
    [ -d "$dir/keycloak-$version" ] || (cd "$dir" && jar xf "$zip")
    chmod +x "$dir/keycloak-$version/bin/"*.sh

    KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin \
        setsid "$dir/keycloak-$version/bin/kc.sh" start-dev --http-host=127.0.0.1 --http-port="$port" \
        >"$dir/keycloak.log" 2>&1 &
    group=$!
    trap 'kill -- "-$group" 2>/dev/null || true' ERR
    up=no
    for _ in $(seq 180); do
        if curl -s -o /dev/null -m 2 "http://127.0.0.1:$port/realms/master"; then
            up=yes
            break
        fi
        sleep 1
    done
    [ $up = yes ] || { echo "keycloak: not up after 180 s (expected: an answer; see $dir/keycloak.log)" >&2; false; }

    admin config credentials --server "http://127.0.0.1:$port" --realm master --user admin --password admin
    if ! admin get realms/lintel; then
        admin create realms -s realm=lintel -s enabled=true
        admin create clients -r lintel -s clientId=web -s publicClient=true -s directAccessGrantsEnabled=true -s enabled=true
        admin create roles -r lintel -s name=admin
        for user in alice bob; do
            admin create users -r lintel -s username=$user -s enabled=true -s email=$user@example.com \
                -s firstName=$user -s lastName=$user -s emailVerified=true
            admin set-password -r lintel --username $user --new-password $user
        done
        admin add-roles -r lintel --uusername alice --rolename admin
    fi
    echo $group
    ;;
rotate)
    dir=$2 port=$3
    admin config credentials --server "http://127.0.0.1:$port" --realm master --user admin --password admin
    admin create components -r lintel -s name=rsa-$RANDOM -s providerId=rsa-generated \
        -s providerType=org.keycloak.keys.KeyProvider -s "config.priority=[\"$((200 + RANDOM))\"]" \
        -s 'config.enabled=["true"]' -s 'config.active=["true"]' -s 'config.keySize=["2048"]'
    ;;
stop)
    kill -- "-$2"
    ;;
*)
    echo "action: $action (expected: start, rotate or stop)" >&2
    exit 2
    ;;
esac
