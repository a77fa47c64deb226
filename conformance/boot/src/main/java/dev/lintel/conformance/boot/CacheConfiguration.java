package dev.lintel.conformance.boot;

import dev.lintel.filters.cache.CacheFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class CacheConfiguration {

    @Bean
    FilterRegistrationBean<CacheFilter> cache() {
        var cache = new FilterRegistrationBean<>(CacheFilter.create());
        cache.addUrlPatterns("/catalog/*");
        cache.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        // behind Spring Security, which is at -100
        cache.setOrder(-50);
        return cache;
    }
}
