package org.cobnut.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.cobnut.wire.ErrorText;

/** Reads private keys in each form that OpenSSL writes. */
final class PrivateKeys {
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

    /** The ciphers of RFC 1421's DEK-Info as OpenSSL names them, and the bytes of their keys. */
    private static final Map<String, Integer> OLD_CIPHERS =
            Map.of("AES-128-CBC", 16, "AES-192-CBC", 24, "AES-256-CBC", 32, "DES-EDE3-CBC", 24, "DES-CBC", 8);

    private PrivateKeys() {}

    static PrivateKey of(Pem.Block block, String password) throws IOException {
        byte[] content = block.content();
        if (!block.headers().getOrDefault("Proc-Type", "").contains("ENCRYPTED"))
            return block.label().equals("ENCRYPTED PRIVATE KEY")
                    ? opened("PRIVATE KEY", decrypted(content, password))
                    : plain(block.label(), content);
        return opened(block.label(), decryptedOld(block.headers().getOrDefault("DEK-Info", ""), content, password));
    }

    /** A key out of what was decrypted; a wrong password leaves what looks well padded once in 256 times. */
    private static PrivateKey opened(String label, byte[] content) throws IOException {
        try {
            return plain(label, content);
        } catch (IOException garbage) {
            throw label.equals("DSA PRIVATE KEY") ? garbage : wrong(garbage);
        }
    }

    private static PrivateKey plain(String label, byte[] content) throws IOException {
        return switch (label) {
            case "PRIVATE KEY" -> pkcs8(content);
            case "RSA PRIVATE KEY" -> pkcs8(Der.rsa(content));
            case "EC PRIVATE KEY" -> pkcs8(Der.ec(content));
            default -> throw new IOException("a key of the kind " + label + " cannot be used");
        };
    }

    private static PrivateKey pkcs8(byte[] content) throws IOException {
        for (String kind : KINDS) {
            Optional<PrivateKey> key = of(kind, content);
            if (key.isPresent()) return key.get();
        }
        throw new IOException("the private key cannot be read: it is neither RSA nor EC nor EdDSA");
    }

    private static Optional<PrivateKey> of(String kind, byte[] content) throws IOException {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(content)));
        } catch (InvalidKeySpecException another) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IOException("the private key cannot be read: " + ErrorText.of(e), e);
        }
    }

    private static byte[] decrypted(byte[] content, String password) throws IOException {
        if (password.isEmpty()) throw encrypted();
        var secret = new PBEKeySpec(password.toCharArray());
        try {
            var info = new EncryptedPrivateKeyInfo(content);
            String scheme = info.getAlgParameters() == null
                    ? info.getAlgName()
                    : info.getAlgName().equals("PBES2")
                            ? info.getAlgParameters().toString() // the whole scheme, where PBES2 is its family
                            : info.getAlgName();
            var cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(secret),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw wrong(e);
        } finally {
            secret.clearPassword();
        }
    }

    /** The key is the digest of password and salt, as OpenSSL has always made it for this form. */
    private static byte[] decryptedOld(String dekInfo, byte[] content, String password) throws IOException {
        if (password.isEmpty()) throw encrypted();
        String[] parts = dekInfo.split(",");
        Integer length = OLD_CIPHERS.get(parts[0]);
        if (length == null || parts.length < 2) throw new IOException("the key is encrypted by " + dekInfo);
        try {
            byte[] iv = HexFormat.of().parseHex(parts[1].strip());
            var digest = MessageDigest.getInstance("MD5");
            var key = new byte[0];
            var last = new byte[0];
            while (key.length < length) {
                digest.update(last);
                digest.update(password.getBytes(StandardCharsets.UTF_8));
                digest.update(iv, 0, 8);
                last = digest.digest();
                int before = key.length;
                key = Arrays.copyOf(key, before + last.length);
                System.arraycopy(last, 0, key, before, last.length);
            }
            String name = parts[0].startsWith("AES") ? "AES" : parts[0].startsWith("DES-EDE3") ? "DESede" : "DES";
            var cipher = Cipher.getInstance(name + "/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(Arrays.copyOf(key, length), name), new IvParameterSpec(iv));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw wrong(e);
        }
    }

    private static IOException encrypted() {
        return new IOException("the private key is encrypted, and CERTIDENT gives no password");
    }

    private static IOException wrong(Exception cause) {
        return new IOException("the private key cannot be decrypted with CERTIDENT's password", cause);
    }
}
